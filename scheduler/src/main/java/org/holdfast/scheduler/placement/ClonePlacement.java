package org.holdfast.scheduler.placement;

import org.holdfast.scheduler.colocation.ColocationLists;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.sorting.MergeSort;
import org.jspecify.annotations.Nullable;

/** Assigns clones: instances to nodes, and for a promotable clone roles to instances. */
final class ClonePlacement {

    private final PlacementContext context;
    private final Placement placement;
    private final InstanceDistribution distribution;
    private final PromotionScores promotionScores;
    private final Promotion promotion;

    ClonePlacement(
            PlacementContext context, Placement placement, InstanceDistribution distribution) {
        this.context = context;
        this.placement = placement;
        this.distribution = distribution;
        this.promotionScores = new PromotionScores(context);
        this.promotion = new Promotion(context, promotionScores);
    }

    void assign(Clone clone, @Nullable Node prefer, boolean stopIfFailed) {
        if (!clone.is(ResourceFlag.UNASSIGNED) || clone.is(ResourceFlag.ASSIGNING)) {
            return;
        }
        clone.set(ResourceFlag.ASSIGNING);
        boolean promotable = clone.is(ResourceFlag.PROMOTABLE);
        if (promotable) {
            promotionScores.addTo(clone);
        }
        for (Colocation colocation : ColocationLists.thisWith(clone)) {
            placement.assign(colocation.primary(), prefer, stopIfFailed);
        }
        for (Colocation colocation : ColocationLists.withThis(clone)) {
            context.colocations().addDependent(colocation, clone);
        }
        context.lines().allocation("pcmk__clone_assign", clone);
        MergeSort.sort(clone.children, new InstanceOrder(context));
        distribution.assign(clone, clone.children, clone.cloneMax, clone.cloneNodeMax);
        if (promotable) {
            promotion.chooseRoles(clone);
        }
        clone.clear(ResourceFlag.UNASSIGNED);
        clone.clear(ResourceFlag.ASSIGNING);
    }
}
