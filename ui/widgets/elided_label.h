// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace ui
{

/// One line that gives way: too long a text is cut with dots, the whole is in the tool tip.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);
    QSize minimumSizeHint() const override;
    bool isElided() const;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace ui
