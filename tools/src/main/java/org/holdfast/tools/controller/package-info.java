/** Commands that ask the controller: crmadmin and crm_node. */
@NullMarked
package org.holdfast.tools.controller;

import org.jspecify.annotations.NullMarked;
