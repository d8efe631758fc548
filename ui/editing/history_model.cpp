// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/history_model.h"

#include <QUndoStack>

#include <algorithm>

namespace ui
{

static constexpr int sliceMilliseconds = 8;

HistoryModel::HistoryModel(QUndoStack &stack, QObject *parent)
    : QAbstractListModel(parent), m_stack(stack), m_steps(stack.count()), m_current(stack.index())
{
    m_next.setSingleShot(true);
    connect(&stack, &QUndoStack::indexChanged, this, &HistoryModel::follow);
    connect(&m_next, &QTimer::timeout, this, &HistoryModel::walk);
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_steps + 1;
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return index.row() == 0 ? tr("As it was opened") : m_stack.text(index.row() - 1);
    case UndoneRole:
        return index.row() > m_current;
    case CurrentRole:
        return index.row() == m_current;
    default:
        return {};
    }
}

int HistoryModel::currentRow() const
{
    return m_current;
}

/// A push drops what was undone and adds one; undo and redo move the index alone; clear() drops
/// all.
void HistoryModel::follow(int index)
{
    const int count = m_stack.count();
    const int kept = index == count ? std::min(m_steps, std::max(count - 1, 0)) : count;
    if (kept < m_steps) {
        beginRemoveRows({}, kept + 1, m_steps);
        m_steps = kept;
        endRemoveRows();
    }
    if (m_steps < count) {
        beginInsertRows({}, m_steps + 1, count);
        m_steps = count;
        endInsertRows();
    }
    const int before = std::exchange(m_current, index);
    const int first = std::min(before, index), last = std::min(std::max(before, index), m_steps);
    Q_EMIT dataChanged(this->index(first), this->index(last), {UndoneRole, CurrentRole});
    Q_EMIT currentChanged(index);
}

void HistoryModel::goTo(int row)
{
    m_goal = std::clamp(row, 0, m_steps);
    m_expected = m_current;
    walk();
}

void HistoryModel::walk()
{
    QElapsedTimer timer;
    timer.start();
    while (m_goal >= 0 && m_goal != m_stack.index()) {
        if (m_stack.index() != m_expected) {
            m_goal = -1; // somebody else made a step
            return;
        }
        if (timer.elapsed() >= sliceMilliseconds) {
            m_next.start(0);
            return;
        }
        m_expected += m_goal < m_expected ? -1 : 1;
        m_expected < m_stack.index() ? m_stack.undo() : m_stack.redo();
    }
    m_goal = -1;
}

} // namespace ui
