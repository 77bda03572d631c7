const WORDS = {
  en: {
    miniProgram: 'Mini-program',
    openMiniProgram: 'Open mini-program',
    menu: 'More',
    wouldReport: (key) => `The app is told of the key “${key}”`,
  },
  zh: {
    miniProgram: '小程序',
    openMiniProgram: '进入小程序',
    menu: '更多',
    wouldReport: (key) => `应用会收到按钮 key：“${key}”`,
  },
};

/**
 * What a drawing says by itself.
 * @param {'en' | 'zh'} language
 */
export function wordsIn(language) {
  return WORDS[language];
}
