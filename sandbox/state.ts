import { Calls } from './calls';
import { Chats } from './chats';
import { Clock } from './clock';
import { createCompany, type Company } from './company';
import { Contacts } from './contacts';
import { DeliveryLimits, FROM_CHATS } from './delivery-limits';
import { Duplicates } from './duplicates';
import { Faults } from './faults';
import { MediaStore } from './media-store';
import { Messages, type SandboxMessage } from './messages';
import { ResponseCodes } from './response-codes';
import { Robots } from './robots';
import { TaskIds } from './task-ids';
import { Tokens } from './tokens';

/** Everything a running sandbox remembers. A reset puts a new one in its place. */
export interface State {
  company: Company;
  contacts: Contacts;
  clock: Clock;
  tokens: Tokens;
  media: MediaStore;
  messages: Messages;
  deliveryLimits: DeliveryLimits;
  chatDeliveryLimits: DeliveryLimits;
  chats: Chats;
  robots: Robots;
  taskIds: TaskIds;
  responseCodes: ResponseCodes;
  duplicates: Duplicates<{ reply: Record<string, unknown>; message: SandboxMessage }>;
  faults: Faults;
  calls: Calls;
}

/** What those who watch are told. */
export interface News {
  message: (message: SandboxMessage) => void;
  /** A message was recalled, updated or repeated. */
  changed: (message: SandboxMessage) => void;
  /** An app chat is new or different. */
  chats: () => void;
}

/** @param extraMembers how many members to generate besides the built-in ones */
export function createState(extraMembers: number, news: News): State {
  const company = createCompany(extraMembers);
  const clock = new Clock();
  return {
    company,
    contacts: new Contacts(company),
    clock,
    tokens: new Tokens(company, clock),
    media: new MediaStore(clock),
    messages: new Messages(news.message, news.changed),
    deliveryLimits: new DeliveryLimits(clock),
    chatDeliveryLimits: new DeliveryLimits(clock, FROM_CHATS),
    chats: new Chats(clock, news.chats),
    robots: new Robots(company, clock),
    taskIds: new TaskIds(),
    responseCodes: new ResponseCodes(clock),
    duplicates: new Duplicates(clock),
    faults: new Faults(),
    calls: new Calls(),
  };
}
