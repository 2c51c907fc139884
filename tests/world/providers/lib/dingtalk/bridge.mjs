// What the DingTalk app for Android puts into every page: `nuva`, which DingTalk's JSAPI calls. The native side is
// tests/world/src/webview.rs, which names the functions and hears of each call through `dingtalkNative`.

(() => {
  const functions = ['%functions%'];
  const waiting = new Map();

  const invoke = (success, fail, service, action, parameters) => {
    const name = `${service}.${action}`;
    if (!functions.includes(name)) {
      fail({ errorCode: '3', errorMessage: `${name} not found` });
      return;
    }
    const id = waiting.size + 1;
    waiting.set(id, { success, fail });
    globalThis.dingtalkNative(JSON.stringify({ id, name, parameters }));
  };

  globalThis.nuva = {
    isReady: true,
    require: () => invoke,
    /** The native side's answer: a code, or why there is none. */
    answer: (id, answer) => {
      const { success, fail } = waiting.get(id);
      (answer.code ? success : fail)(answer);
    },
  };
})();
