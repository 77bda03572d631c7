import { Calls } from './calls';
import { Clock } from './clock';
import { createCompany, type Company } from './company';
import { Contacts } from './contacts';
import { DeliveryLimits } from './delivery-limits';
import { Duplicates } from './duplicates';
import { Faults } from './faults';
import { MediaStore } from './media-store';
import { Messages, type SandboxMessage } from './messages';
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
  duplicates: Duplicates<{ reply: Record<string, unknown>; message: SandboxMessage }>;
  faults: Faults;
  calls: Calls;
}

/**
 * @param extraMembers how many members to generate besides the built-in ones
 * @param announce is told of every accepted message
 */
export function createState(extraMembers: number, announce: (message: SandboxMessage) => void): State {
  const company = createCompany(extraMembers);
  const clock = new Clock();
  return {
    company,
    contacts: new Contacts(company),
    clock,
    tokens: new Tokens(company, clock),
    media: new MediaStore(clock),
    messages: new Messages(announce),
    deliveryLimits: new DeliveryLimits(clock),
    duplicates: new Duplicates(clock),
    faults: new Faults(),
    calls: new Calls(),
  };
}
