// What the pages of DingTalk say, in the languages that they speak.

export const WORDS = {
  'zh-CN': {
    brand: '钉钉',
    title: '授权登录',
    asks: '该应用申请获取以下权限',
    scopes: ['你的昵称、头像和唯一标识', '你的手机号码'],
    corp_scope: '你所属的组织',
    who: '选择登录账号',
    nobody: '没有可用的账号。',
    agree: '同意并登录',
    cancel: '取消',
    other: 'English',
    other_lang: 'en',
    failed_title: '无法登录',
    failed: '请求参数不正确：',
  },
  en: {
    brand: 'DingTalk',
    title: 'Authorize sign-in',
    asks: 'This app would like to know',
    scopes: ['Your nickname, avatar and identifier', 'Your mobile number'],
    corp_scope: 'The organization that you belong to',
    who: 'Choose an account',
    nobody: 'No account can be used here.',
    agree: 'Agree and sign in',
    cancel: 'Cancel',
    other: '中文',
    other_lang: 'zh-CN',
    failed_title: 'Sign-in is not possible',
    failed: 'A parameter of the request is wrong: ',
  },
};
