package org.holdfast.corosyncconf;

/**
 * A key of Corosync's configuration map that a line of the file makes.
 *
 * @param name with its sections, such as {@code nodelist.node.0.name}
 * @param type by the map's names, such as {@code u32} or {@code str}
 * @param value numbers in decimal
 */
public record ConfKey(String name, String type, String value) {}
