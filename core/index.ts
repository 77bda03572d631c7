/** Everything a host, or a program that uses core as a library, needs. */
export { appWording, parseApp } from './api/app';
export { typedAddress } from './api/base-url';
export { formatBytes } from './schema/bytes';
export { onCancel } from './api/cancellation';
export { createWecom } from './clients/client';
export type { Wecom, WecomOptions } from './clients/client';
export type { ContactChoice } from './api/contacts';
export { SendQueues } from './delivery/send-queues';
export type { RateMode, Wait } from './outcome/wait';
export { DEFAULT_AT_ONCE } from './delivery/adaptive-limit';
export { WecomApiError, WecomError, WecomInputError, WecomNetworkError, WecomRateError } from './outcome/errors';
export type { Delivery, Explanation, FailedRequest, InputIssue, NetworkCause } from './outcome/errors';
/** @internal */
export { networkReason } from './outcome/network-reasons';
export { lookUpErrorCode } from './outcome/error-codes';
export { ANSWER_TOO_LONG, DEFAULT_TIMEOUT_MS, PROXY_REFUSED } from './api/exchange';
export { isActive } from './schema/field-rules';
export type { Choice, Control, Field } from './schema/field';
/** @internal */
export { chatFields, chatIdField } from './schema/chat-id';
export { inspectMedia, isFile, isMediaFile, mediaKinds, UnreadableFile } from './schema/media';
export type { FileToRead, MediaFile, MediaInput, MediaKind } from './schema/media';
export { MediaUploads } from './sending/media-uploads';
export { toWecomMarkdown } from './messages/common-markdown';
export type { RobotMessage, WecomMessage } from './messages/message-shapes.generated';
export { messageTypes, typesAt } from './messages/types';
export { DUPLICATE_INTERVAL_DEFAULT_SECONDS } from './messages/message-type';
export type { Destination, MessageForm, MessageType } from './messages/message-type';
export { allOperations, operations } from './operations';
export type { DescribedOperation, Operation } from './operations/operation';
export { parseUpdate, updateCard } from './operations/update-card';
export { splitText, truncateText } from './long-text/split-text';
export { messageOf, parseMessage } from './messages/parse-message';
export type { Draft } from './messages/parse-message';
export { OFFICIAL_BASE_URL } from './api/ports';
export type {
  Clock,
  Http,
  HttpRequest,
  HttpResponse,
  SendingTime,
  SendingTimesStore,
  TokenRecord,
  TokenStore,
  WallClock,
  WecomApp,
} from './api/ports';
export { EVERYONE_FIELD, recipientFields } from './messages/recipients';
export type { RecipientField } from './messages/recipients';
export { redact } from './api/redact';
export { createRobot, parseRobot, robotWording } from './clients/robot';
export type { Robot, RobotOptions, WecomRobot } from './clients/robot';
export { hasUndelivered } from './outcome/result';
export type { SendResult } from './outcome/result';
export type { CheckedRequest, CheckResult } from './sending/check-message';
export type { CheckedFile } from './sending/files-in-message';
export type { Progress, SendOptions } from './sending/send-options';
export { TokenCache, tokenKey } from './api/token-cache';
export type { Language, Wording } from './outcome/wording';
