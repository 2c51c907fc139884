// api.dingtalk.com: camelCase JSON, errors as `{code, requestid, message}`.

import { randomUUID } from 'node:crypto';

import { HttpError, readJson, sendJson } from '../http.mjs';

/** An answer of the API that is no success. */
class ApiError extends Error {
  constructor(status, code, message, more = {}) {
    super(message);
    Object.assign(this, { status, code, more });
  }
}

export function apiRoutes(state) {
  return {
    'POST /v1.0/oauth2/userAccessToken': answered(state, userAccessToken),
    'POST /v1.0/oauth2/accessToken': answered(state, accessToken),
    'GET /v1.0/contact/users/me': answered(state, me),
  };
}

function answered(state, call) {
  return async (request, response, { url }) => {
    const planned = state.behaviour.replies[url.pathname];
    if (planned) {
      sendJson(response, planned.status, planned.body);
      return;
    }
    try {
      sendJson(response, 200, await call(state, request));
    } catch (error) {
      const known = error instanceof HttpError ? new ApiError(error.status, 'InvalidParameter', error.message) : error;
      if (!(known instanceof ApiError)) {
        throw error;
      }
      const { status, code, message, more } = known;
      sendJson(response, status, { code, requestid: randomUUID().toUpperCase(), message, ...more });
    }
  };
}

function authenticate(state, id, secret) {
  if (!state.knows(id, secret)) {
    throw new ApiError(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret');
  }
}

async function userAccessToken(state, request) {
  const { clientId, clientSecret, grantType, code, refreshToken } = await readJson(request);
  authenticate(state, clientId, clientSecret);
  if (grantType === 'authorization_code') {
    const granted = state.redeem('authCode', code);
    if (!granted) {
      throw new ApiError(400, 'invalidParameter.authCode.notFound', '不存在的临时授权码');
    }
    return userTokens(state, granted);
  }
  if (grantType === 'refresh_token') {
    const granted = state.redeem('refreshToken', refreshToken);
    if (!granted) {
      throw new ApiError(400, 'invalidParameter.refreshToken.notFound', '不存在的refreshToken');
    }
    return userTokens(state, granted);
  }
  throw new ApiError(400, 'invalidParameter.grantType', '不支持的grantType');
}

function userTokens(state, granted) {
  return {
    accessToken: state.issueToken('userToken', granted),
    refreshToken: state.issueToken('refreshToken', granted),
    expireIn: state.behaviour.token_life,
    ...(granted.corpId && { corpId: granted.corpId }),
  };
}

async function accessToken(state, request) {
  const { appKey, appSecret } = await readJson(request);
  authenticate(state, appKey, appSecret);
  return { accessToken: state.issueToken('appToken', {}), expireIn: state.behaviour.token_life };
}

async function me(state, request) {
  const { released, permissions } = state.behaviour;
  const token = state.read('userToken', request.headers['x-acs-dingtalk-access-token']);
  if (!token || !released) {
    throw new ApiError(400, 'InvalidAuthentication', '不合法的access_token');
  }
  if (token.expired) {
    throw new ApiError(400, 'accesstoken.expired', 'access_token已过期');
  }
  if (!permissions.includes('Contact.User.Read')) {
    throw new ApiError(403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied', '没有调用该接口的权限', {
      accessdenieddetail: { requiredScopes: ['Contact.User.Read'] },
      requiredScopes: ['Contact.User.Read'],
    });
  }
  const visitor = state.visitor(token.value.unionId);
  if (!visitor || !state.shows(visitor)) {
    throw new ApiError(404, 'invalidParameter.user.notFound', '用户不存在');
  }
  return profile(visitor, state.behaviour);
}

function profile({ nick, unionId, openId, avatarUrl, mobile, stateCode, email }, { permissions, mask_mobile: masked }) {
  const withMobile = mobile && permissions.includes('Contact.User.mobile');
  return {
    nick,
    unionId,
    openId,
    ...(avatarUrl && { avatarUrl }),
    ...(withMobile && { mobile: masked ? mobile.replace(/^(.{3}).*(.{4})$/u, '$1****$2') : mobile, stateCode }),
    ...(email && { email }),
  };
}
