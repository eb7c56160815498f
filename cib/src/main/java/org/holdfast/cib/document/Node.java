package org.holdfast.cib.document;

/** A part of a document: an element, or the text or comment between elements. */
public sealed interface Node permits Element, Text, Cdata, Comment {}
