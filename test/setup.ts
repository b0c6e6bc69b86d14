import fc from 'fast-check';

/**
 * The same examples in every run: whoever changes something else should not meet a rare
 * failure. `FAST_CHECK_SEED=$RANDOM npm test` looks further.
 */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });
