// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/clean_up.h"
#include "ui/editing/gestures.h"
#include "ui/editing/object_operations.h"
#include "ui/widgets/theme/theme.h"

#include <QObject>

class QAction;

namespace ui
{

class Actions;
class AnnotationListModel;
class CanvasView;
class CleanUpBar;
class MessageBar;
class TaskProgress;

/// The menu entries that work on whole objects: connects them with the operations, says when they
/// apply, to what, and why one did nothing.
class ObjectActions : public QObject
{
    Q_OBJECT

public:
    ObjectActions(const Actions &actions, Document &document, Selection &selection,
                  MaskTarget &target, const AnnotationListModel &objects, CanvasView &canvas,
                  MessageBar &messages);

    void setTheme(const Theme &theme);
    /// For the right-click menu.
    QList<QAction *> menu() const;
    CleanUpBar *cleanUpBar() const { return m_bar; }
    TaskProgress *progress() const { return m_progress; } ///< for the status bar
    /// An operation is being worked out; undo gives it up.
    bool isBusy() const { return m_operations.isBusy(); }
    bool takeBack() { return m_operations.cancel() || m_cleanUp.takeBackApply(); }

Q_SIGNALS:
    void busyChanged();

private:
    void connectActions();
    void updateEnabled();
    void updateTexts();
    void selectAll();
    void explain(ObjectOperations::Refusal reason);

    const Actions &m_actions;
    Document &m_document;
    Selection &m_selection;
    const AnnotationListModel &m_objects;
    MessageBar &m_messages;
    ObjectOperations m_operations;
    CleanUp m_cleanUp;
    CleanUpBar *m_bar;
    TaskProgress *m_progress;
    QAction *m_separator;
};

} // namespace ui
