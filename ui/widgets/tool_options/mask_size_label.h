// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace ui
{

class MaskTarget;

/// How many pixels the mask has that hand tools draw on, and how wide and high it is.
class MaskSizeLabel : public QLabel
{
    Q_OBJECT

public:
    explicit MaskSizeLabel(const MaskTarget &target, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showSize();

    const MaskTarget &m_target;
};

} // namespace ui
