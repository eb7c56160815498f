package org.holdfast.controlapi;

/**
 * A key of Corosync's configuration map with its value.
 *
 * @param key at most 255 characters of {@code [a-zA-Z0-9._:/-]}
 * @param type the value's type by cmap's name: {@code i8 u8 i16 u16 i32 u32 i64 u64 flt dbl str
 *     any}
 * @param value the value as corosync-cmapctl prints it
 */
public record CmapEntry(String key, String type, String value) {}
