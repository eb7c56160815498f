package org.holdfast.scheduler.model;

/**
 * Takes the lines that {@code crm_simulate -s} prints; the default throws them away unformatted.
 */
public interface ScoreLog {

    /** Whether lines are wanted at all; callers ask before they format. */
    boolean wanted();

    /** One line without its end. */
    void line(String text);

    /** Nobody listens. */
    ScoreLog NONE =
            new ScoreLog() {
                @Override
                public boolean wanted() {
                    return false;
                }

                @Override
                public void line(String text) {}
            };
}
