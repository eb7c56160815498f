package org.holdfast.totem.ring;

/** Compares 32-bit sequence numbers that wrap around: valid while they are less than 2^31 apart. */
final class Sequences {

    private Sequences() {}

    static boolean before(int a, int b) {
        return a - b < 0;
    }

    static boolean atMost(int a, int b) {
        return a - b <= 0;
    }

    static int earlier(int a, int b) {
        return before(a, b) ? a : b;
    }

    static int later(int a, int b) {
        return before(a, b) ? b : a;
    }
}
