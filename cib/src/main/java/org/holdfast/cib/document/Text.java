package org.holdfast.cib.document;

/**
 * Character data. Texts of white space between elements are not kept by the parser.
 *
 * @param value the characters, without escapes
 */
public record Text(String value) implements Node {}
