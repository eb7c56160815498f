/** Tests of crm_resource on a small cluster of our own. */
@NullMarked
package org.holdfast.tools.resource;

import org.jspecify.annotations.NullMarked;
