"""Which engagement each event mention belongs to, also where one mention speaks of several."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from communique.link.index import Cluster


def find_joint(clusters: Sequence[Cluster]) -> frozenset[str]:
    """Event mentions that speak of several engagements at once: what becomes of one does not settle what they tell."""
    shared = Counter(mention.id for c in clusters for unit in c.shared for mention in unit.mentions)
    own = {mention.id for c in clusters for unit in c.units for mention in unit.mentions}
    return frozenset(id for id, n in shared.items() if n > 1 and id not in own)


def map_mentions(clusters: Sequence[Cluster], ids: Sequence[str], parents: Mapping[int, int]) -> dict[str, str]:
    """The engagement of each event mention.

    One that speaks of several belongs to what contains them all, else to that with most of its people.
    """
    of_mention: dict[str, str] = {}
    several: defaultdict[str, list[tuple[int, str, int | None]]] = defaultdict(list)
    for i, (cluster, id) in enumerate(zip(clusters, ids, strict=True)):
        of_mention |= {mention.id: id for unit in cluster.units for mention in unit.mentions}
        for unit in cluster.shared:
            for mention in unit.mentions:
                several[mention.id].append((-len(cluster.profile.persons & unit.persons), id, parents.get(i)))
    found: dict[str, str] = {}
    for named, shared in several.items():
        around = {parent for _, _, parent in shared}
        whole = around.pop() if len(around) == 1 and len(shared) > 1 else None
        found[named] = ids[whole] if whole is not None else min(shared, key=lambda one: one[:2])[1]
    return found | of_mention
