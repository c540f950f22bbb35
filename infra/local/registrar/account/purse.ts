/** The money of the account, in cents. */
export interface Purse {
  readonly balanceCents: number;
  /** Set aside for orders in progress. */
  readonly pendingCents: number;
  /** Whether what is not set aside suffices. */
  canPay(cents: number): boolean;
  setAside(cents: number): void;
  /** Ends what `setAside` began. */
  release(cents: number): void;
  pay(cents: number): void;
}

export function createPurse(startCents: number): Purse {
  let balanceCents = startCents;
  let pendingCents = 0;
  return {
    get balanceCents() {
      return balanceCents;
    },
    get pendingCents() {
      return pendingCents;
    },
    canPay: (cents) => cents <= balanceCents - pendingCents,
    setAside: (cents) => {
      pendingCents += cents;
    },
    release: (cents) => {
      pendingCents -= cents;
    },
    pay: (cents) => {
      balanceCents -= cents;
    },
  };
}

/** An amount as logins and the profile have it: as short as it gets, with one decimal at least. */
export function writeAmount(cents: number): string {
  return cents % 10 === 0 ? (cents / 100).toFixed(1) : (cents / 100).toFixed(2);
}

/** An amount as prices have it: two decimals. */
export function writePrice(cents: number): string {
  return (cents / 100).toFixed(2);
}
