// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/proposal.h"

#include <QAbstractListModel>
#include <QRect>

#include <vector>

namespace ui
{

/// What is offered in the open picture, as a list and on the canvas. Any number may be
/// chosen. GUI thread; the work was done before (ProposalSet).
class ProposalList : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { QualityRole = Qt::UserRole, ChosenRole };

    explicit ProposalList(QObject *parent = nullptr);

    /// Takes the place of what was offered. What was chosen and is offered again stays so.
    void setProposals(ProposalSet set);
    void clear() { setProposals({}); }
    bool isEmpty() const { return m_set.proposals.empty(); }

    const std::vector<Proposal> &proposals() const { return m_set.proposals; }
    const ProposalMap *map() const { return m_set.map.get(); } ///< null: nothing to show
    /// The proposal seen on a pixel; -1: none.
    int rowAt(double x, double y) const;

    bool isChosen(int row) const { return m_chosen[std::size_t(row)]; }
    void toggle(int row);
    void chooseAll(bool chosen);
    int chosenCount() const;
    std::vector<Proposal> chosen() const;

    void setHovered(int row); ///< -1: none
    int hovered() const { return m_hovered; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void changed(); ///< anything that is seen

private:
    ProposalSet m_set;
    std::vector<bool> m_chosen;
    int m_hovered = -1;
};

} // namespace ui
