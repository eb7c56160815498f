package org.holdfast.cib.document;

/**
 * An XML comment; the CIB keeps them through changes.
 *
 * @param value what stands between the comment's marks
 */
public record Comment(String value) implements Node {}
