package org.holdfast.kernel;

/**
 * A small generator (SplitMix64) whose sequence is fixed by its seed for ever, so that a
 * simulator's seed means the same run after a JDK upgrade.
 *
 * <p>Not thread-safe; each core owns its own. Not for keys: those come from the operating system.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea, Flood: Fast Splittable
 *     Pseudorandom Number Generators</a>
 */
public final class SeededRandom {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** Starts the sequence that {@code seed} names. */
    public SeededRandom(long seed) {
        this.state = seed;
    }

    /** The next 64 bits. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /**
     * A number from 0 to {@code bound - 1}.
     *
     * @throws IllegalArgumentException if {@code bound} is not positive
     */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, not " + bound);
        }
        return (int) Long.remainderUnsigned(nextLong(), bound);
    }

    /** A number from {@code low} to {@code high}, both included. */
    public long nextBetween(long low, long high) {
        if (high < low) {
            throw new IllegalArgumentException("empty range " + low + ".." + high);
        }
        return low + Long.remainderUnsigned(nextLong(), high - low + 1);
    }

    /** True with the given probability, from 0.0 (never) to 1.0 (always). */
    public boolean chance(double probability) {
        return (nextLong() >>> 11) * 0x1.0p-53 < probability;
    }

    /** A generator of its own sequence, for a part that must not disturb this one's. */
    public SeededRandom split() {
        return new SeededRandom(nextLong());
    }
}
