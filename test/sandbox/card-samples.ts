import type { Json } from './client';

/** The least each card needs (doc 90236, field matrix). */
export const CARDS: Record<string, Json> = {
  text_notice: {
    card_type: 'text_notice',
    main_title: { title: 'Build failed' },
    card_action: { type: 1, url: 'https://ci.example' },
  },
  news_notice: {
    card_type: 'news_notice',
    main_title: { title: 'Report' },
    card_image: { url: 'https://img.example/1.png' },
    card_action: { type: 2, appid: 'wx5a2d8b0c0000a001' },
  },
  button_interaction: {
    card_type: 'button_interaction',
    main_title: { title: 'Approve?' },
    button_list: [
      { text: 'Yes', style: 1, key: 'yes' },
      { text: 'No', style: 3, key: 'no' },
    ],
  },
  vote_interaction: {
    card_type: 'vote_interaction',
    main_title: { title: 'Lunch' },
    checkbox: { question_key: 'q', mode: 1, option_list: [{ id: 'a', text: 'Rice', is_checked: true }] },
    submit_button: { text: 'Send', key: 'submit' },
  },
  multiple_interaction: {
    card_type: 'multiple_interaction',
    main_title: { title: 'Order' },
    select_list: [
      {
        question_key: 'size',
        option_list: [
          { id: 's', text: 'S' },
          { id: 'm', text: 'M' },
        ],
        selected_id: 'm',
      },
    ],
    submit_button: { text: 'Send', key: 'submit' },
  },
};

let count = 0;
/** A task_id nobody used yet. */
export const newTaskId = (): string => `task-${(count += 1)}`;

/** A card with its fields changed; `undefined` takes a field away. Gets a task_id of its own. */
export function card(type: string, change: Record<string, unknown> = {}): Json {
  return { ...CARDS[type], task_id: newTaskId(), ...change };
}
