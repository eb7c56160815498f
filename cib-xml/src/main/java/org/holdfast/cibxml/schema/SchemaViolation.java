package org.holdfast.cibxml.schema;

/**
 * One place where a document breaks its schema.
 *
 * @param line line of the text that the element came from, counted from 1; 0 if it was not parsed
 * @param element tag of the element that was being checked
 * @param id the element's id, or the empty string
 * @param message what is wrong and what would be right
 */
public record SchemaViolation(int line, String element, String id, String message) {

    @Override
    public String toString() {
        String where = id.isEmpty() ? "<" + element + ">" : "<" + element + " id=\"" + id + "\">";
        return (line > 0 ? "line " + line + ": " : "") + where + ": " + message;
    }
}
