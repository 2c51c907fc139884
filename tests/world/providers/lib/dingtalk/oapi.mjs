// oapi.dingtalk.com, the older API: snake_case JSON, and HTTP 200 whatever went wrong.

import { randomUUID } from 'node:crypto';

import { HttpError, readJson, sendJson } from '../http.mjs';

export function oapiRoutes(state) {
  return {
    'POST /topapi/v2/user/getuserinfo': async (request, response, { url }) => {
      const planned = state.behaviour.replies[url.pathname];
      if (planned) {
        sendJson(response, planned.status, planned.body);
        return;
      }
      const answer = await userInfo(state, url.searchParams.get('access_token'), request);
      sendJson(response, 200, { ...answer, request_id: randomUUID().replaceAll('-', '') });
    },
  };
}

async function userInfo(state, token, request) {
  const { released, permissions } = state.behaviour;
  if (!released || !state.read('appToken', token)?.value) {
    return { errcode: 40014, errmsg: '不合法的access_token' };
  }
  if (!permissions.includes('Contact.User.Read')) {
    return { errcode: 88, errmsg: 'ding talk error', sub_code: '60011', sub_msg: '没有调用该接口的权限' };
  }
  const visitor = state.visitor(state.redeem('inAppCode', await codeIn(request))?.unionId);
  if (!visitor) {
    return { errcode: 40078, errmsg: '不存在的临时授权码' };
  }
  if (!state.shows(visitor)) {
    return { errcode: 60121, errmsg: '找不到该用户' };
  }
  const { unionId, nick, name = nick, userId } = visitor;
  return {
    errcode: 0,
    errmsg: 'ok',
    result: { userid: userId ?? `user-${unionId}`, unionid: unionId, name, device_id: '', sys: false, sys_level: 0 },
  };
}

async function codeIn(request) {
  try {
    return (await readJson(request)).code;
  } catch (error) {
    if (error instanceof HttpError) {
      return undefined;
    }
    throw error;
  }
}
