package org.holdfast.cibxml.schema.report;

/**
 * What the reference says about an invalid document.
 *
 * @param line line of the element that the message points to, 0 if there is none
 * @param element its tag; empty if there is none
 * @param text the message; it ends in a line end unless it is so long that the reference cuts it
 */
public record SchemaMessage(int line, String element, String text) {}
