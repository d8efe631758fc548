// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace ui
{

/// A dock's quiet title line: the name, a muted count, and small buttons at the right.
class PanelHeader : public QWidget
{
    Q_OBJECT

public:
    explicit PanelHeader(const QString &title, QWidget *parent = nullptr);
    QString title() const;
    void setCount(const QString &text);
    void addButton(QWidget *button);
    QSize sizeHint() const override;

private:
    QLabel *m_title;
    QLabel *m_count;
    QHBoxLayout *m_layout;
};

} // namespace ui
