import type { Clock } from './clock';
import type { Company, Robot, RobotState } from './company';
import { Refusal } from './errors';
import { RateLimit } from './rate-limit';

const MINUTE = 60_000;

/** What a robot answers in each state (doc 99110). */
const ERRCODES: Readonly<Record<RobotState, number | undefined>> = {
  active: undefined,
  removed: 93000,
  disabled: 93004,
  group_forbids_pushes: 93001,
  not_in_group: 93008,
};

export const ROBOT_STATES = Object.keys(ERRCODES) as RobotState[];

/** Finds robots by their keys and keeps their 20 messages a minute. */
export class Robots {
  private readonly limits = new Map<Robot, RateLimit>();

  constructor(
    private readonly company: Company,
    clock: Clock,
  ) {
    for (const robot of company.robots) this.limits.set(robot, new RateLimit(clock, 20, MINUTE));
  }

  /**
   * The robot behind a key.
   * @param unknown the answer to a key that is missing, unknown or belongs to a removed robot
   * @throws Refusal `unknown`; 93001, 93004, 93008 by the robot's state
   */
  byKey(key: string | undefined, unknown = new Refusal(93000)): Robot {
    const robot = this.company.robots.find((one) => one.key === key);
    if (!robot || robot.state === 'removed') throw unknown;
    const errcode = ERRCODES[robot.state];
    if (errcode !== undefined) throw new Refusal(errcode);
    return robot;
  }

  byId(id: string): Robot | undefined {
    return this.company.robots.find((robot) => robot.id === id);
  }

  /** The 20 messages a minute of one robot. */
  rate(robot: Robot): RateLimit {
    const limit = this.limits.get(robot);
    if (!limit) throw new Error(`${robot.id} is no robot of this company`);
    return limit;
  }
}
