package org.holdfast.cli;

/**
 * Loads what short commands load, so that the JVM can store it in the cache that the next starts
 * begin from. Run once by the build.
 */
final class Training {

    private Training() {}

    static int run() {
        return 0;
    }
}
