// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/theme/theme.h"

#include <QWidget>

class QListView;
class QToolButton;

namespace ui
{

class HistoryModel;
class PanelHeader;

/// Every step since the project was opened; a click goes back or forward to it.
class HistoryPanel : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryPanel(HistoryModel &model, QWidget *parent = nullptr);
    void setTheme(const Theme &theme);
    PanelHeader *header() const { return m_header; }
    QListView *view() const { return m_view; }

Q_SIGNALS:
    void closeAsked();

private:
    class Delegate;
    void showCurrent();

    HistoryModel &m_model;
    PanelHeader *m_header;
    QListView *m_view;
    QToolButton *m_close;
    Delegate *m_delegate;
    bool m_isFollowing = false; ///< the view follows the model just now
};

} // namespace ui
