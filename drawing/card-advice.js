/** How many 字 of each text a card shows (建议不超过, docs 90236 and 99110). */
const APP = {
  source: 20,
  title: 36,
  desc: 44,
  emphasisTitle: 14,
  emphasisDesc: 22,
  subTitle: 160,
  keyname: 5,
  value: 30,
  jump: 18,
  paragraphTitle: 38,
  paragraph: 160,
  button: 10,
  option: 16,
  checkbox: 17,
};

const ROBOT = {
  ...APP,
  source: 13,
  title: 26,
  desc: 30,
  emphasisTitle: 10,
  emphasisDesc: 15,
  subTitle: 112,
  value: 26,
  jump: 13,
  paragraphTitle: 26,
  paragraph: 112,
};

const BY_CARD_TYPE = { vote_interaction: { title: 16, desc: 160 }, multiple_interaction: { title: 36, desc: 160 } };

export function adviceFor(cardType, byRobot) {
  return { ...(byRobot ? ROBOT : APP), ...BY_CARD_TYPE[cardType] };
}
