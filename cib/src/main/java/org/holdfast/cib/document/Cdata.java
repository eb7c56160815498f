package org.holdfast.cib.document;

/**
 * Character data that stands in a CDATA section and is printed as one again.
 *
 * @param value the characters between the section's marks
 */
public record Cdata(String value) implements Node {}
