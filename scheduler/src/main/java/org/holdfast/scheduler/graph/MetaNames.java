package org.holdfast.scheduler.graph;

/** Names of meta-attributes as the graph writes them. */
final class MetaNames {

    private static final String PREFIX = "CRM_meta_";

    private MetaNames() {}

    /** The name in the graph: {@code on-fail} is {@code CRM_meta_on_fail}. */
    static String of(String name) {
        return switch (name) {
            case "timeout" -> "CRM_meta_timeout";
            case "interval" -> "CRM_meta_interval";
            case "name" -> "CRM_meta_name";
            case "on-fail" -> "CRM_meta_on_fail";
            case "op_target_rc" -> "CRM_meta_op_target_rc";
            default -> PREFIX + name.replace('-', '_');
        };
    }
}
