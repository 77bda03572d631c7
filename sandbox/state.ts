import { AccountLimits } from './account-limits';
import { Calls } from './calls';
import { Chance } from './chance';
import { Chats } from './chats';
import { Clock } from './clock';
import { createCompany, type Company } from './company';
import { Contacts } from './contacts';
import { DebugLimits } from './debug-limits';
import { DeliveryLimits, FROM_CHATS } from './delivery-limits';
import { Duplicates } from './duplicates';
import { Faults } from './faults';
import { MediaStore } from './media-store';
import { Messages, type SandboxMessage } from './messages';
import { Pictures } from './pictures';
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
  /** In what the answers differ. */
  chance: Chance;
  accountLimits: AccountLimits;
  debugLimits: DebugLimits;
  media: MediaStore;
  pictures: Pictures;
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

export interface Start {
  /** How many members to generate besides the built-in ones. */
  extraMembers: number;
  /** How many accounts the corp may have. */
  accountLimit: number;
  /** The same seed gives the same answers. */
  seed: number;
}

export function createState({ extraMembers, accountLimit, seed }: Start, news: News): State {
  const company = createCompany(extraMembers, accountLimit);
  const clock = new Clock();
  return {
    company,
    contacts: new Contacts(company),
    clock,
    tokens: new Tokens(company, clock),
    chance: new Chance(seed),
    accountLimits: new AccountLimits(company, clock),
    debugLimits: new DebugLimits(clock),
    media: new MediaStore(clock),
    pictures: new Pictures(clock),
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
