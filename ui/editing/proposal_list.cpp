// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/proposal_list.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace ui
{
ProposalList::ProposalList(QObject *parent) : QAbstractListModel(parent)
{
    connect(this, &QAbstractListModel::modelReset, this, &ProposalList::changed);
    connect(this, &QAbstractListModel::dataChanged, this, &ProposalList::changed);
}

void ProposalList::setProposals(ProposalSet set)
{
    if (isEmpty() && set.proposals.empty())
        return;
    std::set<const core::Rle *> chosen;
    for (const Proposal &proposal : this->chosen())
        chosen.insert(proposal.mask.get());
    beginResetModel();
    m_set = std::move(set);
    m_chosen.assign(m_set.proposals.size(), false);
    m_hovered = -1;
    for (std::size_t i = 0; i < m_set.proposals.size(); ++i)
        m_chosen[i] = chosen.contains(m_set.proposals[i].mask.get());
    endResetModel();
}

int ProposalList::rowAt(double x, double y) const
{
    return m_set.map ? m_set.map->indexAt(int(std::floor(x)), int(std::floor(y))) : -1;
}

void ProposalList::toggle(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    m_chosen[std::size_t(row)] = !m_chosen[std::size_t(row)];
    Q_EMIT dataChanged(index(row), index(row), {ChosenRole});
}

void ProposalList::chooseAll(bool chosen)
{
    if (isEmpty())
        return;
    m_chosen.assign(m_chosen.size(), chosen);
    Q_EMIT dataChanged(index(0), index(rowCount() - 1), {ChosenRole});
}

int ProposalList::chosenCount() const
{
    return int(std::count(m_chosen.begin(), m_chosen.end(), true));
}

std::vector<Proposal> ProposalList::chosen() const
{
    std::vector<Proposal> chosen;
    for (std::size_t i = 0; i < m_chosen.size(); ++i)
        if (m_chosen[i])
            chosen.push_back(m_set.proposals[i]);
    return chosen;
}

void ProposalList::setHovered(int row)
{
    row = row < 0 || row >= rowCount() ? -1 : row;
    if (row == m_hovered)
        return;
    m_hovered = row;
    Q_EMIT changed();
}

int ProposalList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_set.proposals.size());
}

QVariant ProposalList::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Proposal &proposal = m_set.proposals[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return QStringLiteral("%1").arg(proposal.quality, 0, 'f', 2);
    case QualityRole:
        return proposal.quality;
    case ChosenRole:
        return isChosen(index.row());
    default:
        return {};
    }
}

} // namespace ui
