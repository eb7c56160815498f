package org.holdfast.corosyncconf;

import java.util.Optional;
import java.util.SortedMap;

/** What Corosync has against the timeouts of the totem section, in its order. */
final class TimeoutVerdict {

    private static final long MIN = 30;
    private static final long HOLD_MIN = 14;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private final SortedMap<String, ConfKey> keys;

    private TimeoutVerdict(SortedMap<String, ConfKey> keys) {
        this.keys = keys;
    }

    static Optional<String> of(SortedMap<String, ConfKey> keys, int nodes) {
        return new TimeoutVerdict(keys).run(nodes);
    }

    private boolean isSet(String key) {
        return keys.containsKey("totem." + key);
    }

    /** A 0 stands for the default. */
    private long number(String key, long otherwise) {
        ConfKey found = keys.get("totem." + key);
        long value = found == null ? 0 : Long.parseLong(found.value());
        return value == 0 ? otherwise & UNSIGNED : value;
    }

    private Optional<String> run(int nodes) {
        long delay = number("max_network_delay", 50);
        long retransmits = number("token_retransmits_before_loss_const", 4);
        long coefficient = isSet("token_coefficient") ? number("token_coefficient", 0) : 650;
        long token = (number("token", 3000) + Math.max(0, nodes - 2) * coefficient) & UNSIGNED;
        long warning = isSet("token_warning") ? number("token_warning", 0) : 75;
        long retransmit = number("token_retransmit", (long) (token / (retransmits + 0.2)));
        long hold = number("hold", (long) (retransmit * 0.8 - 10));
        long join = number("join", 50);
        long consensus = number("consensus", (long) (float) (1.2 * token));
        return atLeast("max_network_delay parameter", delay, MIN)
                .or(() -> atLeast("token timeout parameter", token, MIN))
                .or(() ->
                        when(
                                warning > 100,
                                "The token warning parameter (%d%%) must be between 0 (disabled) and 100."
                                        .formatted((int) warning)))
                .or(() ->
                        isSet("token_retransmit")
                                ? atLeast("token retransmit timeout parameter", retransmit, MIN)
                                : when(
                                        retransmit < MIN,
                                        "Not appropriate token or token_retransmits_before_loss_const value set"))
                .or(() -> atLeast("token hold timeout parameter", hold, HOLD_MIN))
                .or(() -> atLeast("join timeout parameter", join, MIN))
                .or(() -> atLeast("consensus timeout parameter", consensus, MIN))
                .or(() ->
                        when(
                                consensus < join,
                                "The consensus timeout parameter (%d ms) may not be less than join timeout (%d ms)."
                                        .formatted((int) consensus, (int) join)))
                .or(() -> atLeast("merge timeout parameter", number("merge", 200), MIN))
                .or(() -> atLeast("downcheck timeout parameter", number("downcheck", 1000), MIN));
    }

    private static Optional<String> when(boolean wrong, String sentence) {
        return wrong ? Optional.of(sentence) : Optional.empty();
    }

    private static Optional<String> atLeast(String what, long value, long min) {
        return when(
                value < min,
                "The %s (%d ms) may not be less than (%d ms).".formatted(what, (int) value, min));
    }
}
