/**
 * References between parts of a document: {@code id-ref} to the element that it stands for,
 * templates and tags.
 */
@NullMarked
package org.holdfast.cib.reference;

import org.jspecify.annotations.NullMarked;
