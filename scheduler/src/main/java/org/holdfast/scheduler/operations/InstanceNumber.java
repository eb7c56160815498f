package org.holdfast.scheduler.operations;

import java.util.Comparator;
import org.holdfast.scheduler.model.Resource;

/** Numbers of instances: behind a colon for clones ({@code x:3}), behind a dash for replicas. */
public final class InstanceNumber {

    /** Lower numbers first. */
    public static final Comparator<Resource> ORDER = (a, b) -> Integer.compare(of(a), of(b));

    private InstanceNumber() {}

    /** The number of an instance, 0 if its id has none. */
    public static int of(Resource instance) {
        String id = instance.id;
        int at = id.lastIndexOf(':');
        if (at < 0) {
            at = id.lastIndexOf('-');
        }
        int number = 0;
        for (int i = at + 1; i < id.length() && Character.isDigit(id.charAt(i)); i++) {
            number = number * 10 + (id.charAt(i) - '0');
        }
        return number;
    }
}
