package org.holdfast.scheduler.model;

import org.holdfast.cib.value.IntegerText;
import org.jspecify.annotations.Nullable;

/** Operation keys: {@code RESOURCE_TASK_INTERVALMS}. */
public final class OpKey {

    private OpKey() {}

    /** The key of an operation. */
    public static String of(String resource, String task, long intervalMillis) {
        return resource + "_" + task + "_" + intervalMillis;
    }

    /** The key of an operation that is not recurring. */
    public static String of(Resource resource, String task) {
        return resource.taskKey(task);
    }

    /** The key of a notification: {@code RESOURCE_TYPE_notify_TASK_0}. */
    public static String notification(String resource, String type, String task) {
        return resource + "_" + type + "_notify_" + task + "_0";
    }

    /** The interval in a key, 0 if it is none. */
    public static long intervalOf(String key) {
        long interval = 0;
        int at = key.lastIndexOf('_') + 1;
        if (at == 0 || key.length() - at > 12) {
            return 0;
        }
        for (; at < key.length(); at++) {
            int digit = key.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            interval = interval * 10 + digit;
        }
        return interval;
    }

    /** The parts of a key. */
    public record Parts(String resource, String task, long intervalMillis) {}

    /**
     * Takes a key apart; null when it is no key. Migration and notification tasks are known. What
     * is no number at the end is the interval 0.
     */
    public static @Nullable Parts parse(String key) {
        int lastBar = key.lastIndexOf('_', key.length() - 2);
        if (lastBar <= 2) {
            return null;
        }
        IntegerText number = IntegerText.read(key.substring(lastBar + 1), 0);
        if (number.status() == IntegerText.Status.CLIPPED) {
            return null;
        }
        long interval = number.value() & 0xFFFF_FFFFL;
        String rest = key.substring(0, lastBar);
        for (String task : new String[] {"_migrate_to", "_migrate_from"}) {
            if (rest.endsWith(task)) {
                return new Parts(
                        rest.substring(0, rest.length() - task.length()),
                        task.substring(1),
                        interval);
            }
        }
        int taskBar = rest.lastIndexOf('_', rest.length() - 2);
        if (taskBar <= 0) {
            return null;
        }
        String task = rest.substring(taskBar + 1);
        String resource = rest.substring(0, taskBar);
        for (String type :
                new String[] {
                    "_pre_notify", "_post_notify", "_confirmed-pre_notify", "_confirmed-post_notify"
                }) {
            if (resource.endsWith(type)) {
                return new Parts(
                        resource.substring(0, resource.length() - type.length()), task, interval);
            }
        }
        return new Parts(resource, task, interval);
    }
}
