// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QTimer>

class QUndoStack;

namespace ui
{

/// The steps of an undo stack, oldest first; row 0 is the state before all of them. Masks are
/// shared between the steps and the document: a step costs what it changed.
class HistoryModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        UndoneRole = Qt::UserRole, ///< bool: taken back, redo brings it
        CurrentRole,               ///< bool: the state on screen
    };

    explicit HistoryModel(QUndoStack &stack, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    int currentRow() const;
    /// Undoes or redoes until `row` is the state on screen. A long way is gone in slices, so that
    /// the window goes on answering; another step on the way ends it.
    void goTo(int row);

Q_SIGNALS:
    void currentChanged(int row);

private:
    void follow(int index);
    void walk();

    QUndoStack &m_stack;
    int m_steps = 0;    ///< rows beside the first
    int m_current = 0;  ///< row
    int m_goal = -1;    ///< row on the way to which we are, -1: none
    int m_expected = 0; ///< where the last step of ours ended
    QTimer m_next;
};

} // namespace ui
