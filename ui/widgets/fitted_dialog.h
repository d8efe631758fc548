// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

namespace ui
{

/// Never lower than its wrapped sentences need at its width: Qt asks for that when a dialog opens,
/// and not where the screen is small.
class FittedDialog : public QDialog
{
    Q_OBJECT

public:
    using QDialog::QDialog;

protected:
    bool event(QEvent *event) override;
};

} // namespace ui
