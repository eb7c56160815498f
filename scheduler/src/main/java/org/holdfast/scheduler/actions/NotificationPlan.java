package org.holdfast.scheduler.actions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Notification of a clone's instances before and after one of its tasks. */
final class NotificationPlan {

    /** The task that instances are told of. */
    final String task;

    /** Pseudo actions around the notifications; those of one side are null if it is not wanted. */
    @Nullable Action pre;

    @Nullable Action preDone;
    @Nullable Action post;
    @Nullable Action postDone;

    final List<Entry> active = new ArrayList<>();
    final List<Entry> inactive = new ArrayList<>();
    final List<Entry> promoted = new ArrayList<>();
    final List<Entry> unpromoted = new ArrayList<>();
    final List<Entry> start = new ArrayList<>();
    final List<Entry> stop = new ArrayList<>();
    final List<Entry> promote = new ArrayList<>();
    final List<Entry> demote = new ArrayList<>();
    @Nullable NodeTable allowedNodes;

    /** What agents are told, by meta-attribute name. */
    final Map<String, String> values = new LinkedHashMap<>();

    NotificationPlan(String task) {
        this.task = task;
    }

    /** An instance, and the node where it is or acts; null for none. */
    record Entry(Resource resource, @Nullable Node node) implements Comparable<Entry> {

        @Override
        public int compareTo(Entry other) {
            int ids = resource.id.compareTo(other.resource.id);
            if (ids != 0) {
                return ids;
            }
            if (node == null || other.node == null) {
                return Boolean.compare(node != null, other.node != null);
            }
            return node.id.compareTo(other.node.id);
        }
    }
}
