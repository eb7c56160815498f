package org.holdfast.tools.resource;

import java.util.List;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.tools.resource.ResourceCommand.Match;
import org.jspecify.annotations.Nullable;

/** Finds the resource that the user means. */
final class ResourceSearch {

    private ResourceSearch() {}

    /** The first of some resources, or of their parts, that an id means; or null. */
    static @Nullable Resource find(List<Resource> resources, String id, Match match) {
        for (Resource resource : resources) {
            if (isMeant(resource, id, match)) {
                return resource;
            }
            Resource part = find(resource.children, id, match);
            if (part != null) {
                return part;
            }
        }
        return null;
    }

    private static boolean isMeant(Resource resource, String id, Match match) {
        if (id.equals(resource.id) || id.equals(resource.historyId)) {
            return true;
        }
        return switch (match) {
            case NONE, HISTORY -> false;
            case ANONYMOUS ->
                    !resource.is(ResourceFlag.UNIQUE) && id.equals(withoutNumber(resource.id));
            case BASE -> id.equals(withoutNumber(resource.id));
        };
    }

    /** An id without the number of the instance. */
    static String withoutNumber(String id) {
        int end = id.length();
        while (end > 0 && Character.isDigit(id.charAt(end - 1))) {
            end--;
        }
        return end > 0 && end < id.length() && id.charAt(end - 1) == ':'
                ? id.substring(0, end - 1)
                : id;
    }
}
