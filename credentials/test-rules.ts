import type { IAuthenticateRuleResponseSuccessBody } from 'n8n-workflow';

import { lookUpErrorCode } from '../core';

/** The errors of gettoken and agent/get that people can do something about in the credential or the admin console. */
const ERRCODES = [
  -1, 40001, 40013, 40014, 40056, 40091, 41001, 41002, 41004, 41011, 42001, 45009, 45031, 48002, 50001, 50003, 60011,
  60020, 301002,
];

const UNTRUSTED_IP = 60020;
// A rule cannot quote the answer, which holds the address.
const WHERE_THE_IP_IS = ' Run the node once: its error names the IP.';

/**
 * What the credential test says of an answer of agent/get. n8n takes every answer with HTTP status 200 for a
 * success unless a rule matches, and WeCom answers 200 to everything.
 */
export const testRules: IAuthenticateRuleResponseSuccessBody[] = [
  ...ERRCODES.map((errcode) => errorRule(errcode, errcode === UNTRUSTED_IP ? WHERE_THE_IP_IS : '')),
  // Only a success names the app; so errors without a sentence of their own, and pages of other servers, fail too.
  rule(
    'agentid',
    undefined,
    'The answer is not that of a WeCom app. Check the base URL and the agent ID; the node shows the full error.',
  ),
];

/** What an empty message to a robot is answered with when the robot itself is the problem. */
const ROBOT_ERRCODES = [-1, 45009, 93000, 93001, 93004, 93008];

/** What the credential test says of the answer to an empty message: that the message is empty is the good answer. */
export const robotTestRules: IAuthenticateRuleResponseSuccessBody[] = [
  ...ROBOT_ERRCODES.map((errcode) => errorRule(errcode)),
  rule('errcode', undefined, 'The answer is not that of WeCom. Check the webhook URL or the base URL.'),
];

function errorRule(errcode: number, addition = ''): IAuthenticateRuleResponseSuccessBody {
  const { title, advice } = lookUpErrorCode(errcode);
  return rule('errcode', errcode, `${title.en} (WeCom error ${errcode}). ${advice.en}${addition}`);
}

function rule(key: string, value: unknown, message: string): IAuthenticateRuleResponseSuccessBody {
  return { type: 'responseSuccessBody', properties: { key, value, message } };
}
