import type { Account } from './account/account.ts';
import { queryProfile } from './account/query-profile.ts';
import { logout, version } from './account/session-requests.ts';
import type { Sessions } from './account/sessions.ts';
import { userGetProperty, userSetProperty } from './account/user-properties.ts';
import { domainCheck } from './catalogue/domain-check.ts';
import { queryPriceList, queryPriceListV2 } from './catalogue/query-price-list.ts';
import { queryRequestList } from './catalogue/query-request-list.ts';
import { inquireTld, queryTldList } from './catalogue/tld-requests.ts';
import { contactCreate, contactCreateAtOnce } from './contacts/contact-create.ts';
import { contactDelete } from './contacts/contact-delete.ts';
import { contactModify } from './contacts/contact-modify.ts';
import { queryContactList } from './contacts/query-contact-list.ts';
import type { Dialect } from './dialect.ts';
import { domainDelete } from './domains/domain-delete.ts';
import { domainLock, domainUnlock } from './domains/domain-lock.ts';
import { domainModify } from './domains/domain-modify.ts';
import { domainOwnerChange } from './domains/domain-owner-change.ts';
import { domainPrivacyOrder } from './domains/domain-privacy-order.ts';
import { domainGetProperty, domainSetProperty } from './domains/domain-properties.ts';
import { domainRedeem } from './domains/domain-redeem.ts';
import { domainRegister } from './domains/domain-register.ts';
import { domainRenew } from './domains/domain-renew.ts';
import { domainTransferControl } from './domains/domain-transfer-control.ts';
import { domainTransferGetAuthId } from './domains/domain-transfer-get-auth-id.ts';
import { domainTransferIn, domainTransferInReseller } from './domains/domain-transfer-in.ts';
import { queryDomainList } from './domains/query-domain-list.ts';
import { nsCreate, nsDelete, nsModify } from './hosts/ns-requests.ts';
import { queryNsList } from './hosts/query-ns-list.ts';
import { publicWhois } from './lookup/public-whois.ts';
import { queryWhois } from './lookup/query-whois.ts';
import type { ImmediateRequest, QueuedRequest } from './requests/request.ts';
import { type QueueOptions, queued } from './results/queue-request.ts';
import { resultDelete } from './results/result-delete.ts';
import { resultList } from './results/result-list.ts';
import { resultRetrieve } from './results/result-retrieve.ts';
import { corVerify } from './rights/cor-verify.ts';
import { grantsInvite } from './rights/grants-invite.ts';
import { grantsList } from './rights/grants-list.ts';
import { grantsRevoke } from './rights/grants-revoke.ts';
import {
  waEmailDetails,
  waEmailList,
  waEmailQueryStatus,
  waEmailValidate,
  waEmailVerify,
} from './rights/wa-email.ts';
import { dnsZoneGet } from './zones/dns-zone-get.ts';
import { dnsZoneList } from './zones/dns-zone-list.ts';
import { dnsZonePut } from './zones/dns-zone-put.ts';

/** What serving them needs of the registrar. */
export interface ServingOptions extends QueueOptions {
  readonly account: Account;
  readonly sessions: Sessions;
  readonly dialect: Dialect;
}

const IMMEDIATE: readonly ImmediateRequest[] = [
  version,
  queryProfile,
  userGetProperty,
  userSetProperty,
  queryDomainList,
  domainCheck,
  domainTransferControl,
  domainGetProperty,
  queryContactList,
  contactCreateAtOnce,
  queryNsList,
  dnsZoneList,
  grantsList,
  grantsInvite,
  grantsRevoke,
  queryWhois,
  publicWhois,
  queryPriceList,
  queryPriceListV2,
  queryTldList,
  inquireTld,
  waEmailList,
  waEmailDetails,
  waEmailValidate,
  waEmailVerify,
  waEmailQueryStatus,
  corVerify,
];

const QUEUED: readonly QueuedRequest[] = [
  domainRegister,
  domainRenew,
  domainPrivacyOrder,
  domainTransferInReseller,
  domainTransferIn,
  domainTransferGetAuthId,
  domainModify,
  domainDelete,
  domainRedeem,
  domainOwnerChange,
  domainLock,
  domainUnlock,
  domainSetProperty,
  contactCreate,
  contactModify,
  contactDelete,
  nsCreate,
  nsModify,
  nsDelete,
];

/**
 * Every request but the login, by its name and its older names. What stands outside `/request/` has
 * its whole path for a name.
 */
export function serveRequests(options: ServingOptions): ReadonlyMap<string, ImmediateRequest> {
  const { results, sessions, dialect } = options;
  const served = new Map<string, ImmediateRequest>();
  const requests = [
    ...IMMEDIATE,
    logout(sessions),
    resultList(results, dialect),
    resultRetrieve(results),
    resultDelete(results),
    dnsZoneGet(dialect),
    dnsZonePut(dialect),
    queryRequestList(served),
    ...QUEUED.map((request) => queued(request, options)),
  ];
  for (const request of requests) {
    for (const word of [request.name, ...(request.aliases ?? [])]) served.set(word, request);
  }
  return served;
}
