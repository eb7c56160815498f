package org.holdfast.node.badinput;

import org.holdfast.kernel.SeededRandom;

/** A way into the program for what somebody else wrote. */
interface Door {

    /**
     * Sends one damaged input through.
     *
     * @param mutator where the input comes from
     * @param random for what else is to be chosen
     * @return a word for what became of it, to be counted
     * @throws AssertionError if something was lost or left half done
     * @throws Exception if anything escapes that a caller would not expect
     */
    String feed(Mutator mutator, SeededRandom random) throws Exception;
}
