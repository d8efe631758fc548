// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <initializer_list>

class QDialog;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QVBoxLayout;
class QWidget;

namespace ui
{

/// What the dialogs of this folder are put together from, so that they look alike.
QVBoxLayout *dialogLayout(QDialog *dialog);
QFormLayout *formLayout(QWidget *part);
/// Makes the labels of several forms below one another one column.
void alignLabels(std::initializer_list<QFormLayout *> forms);
QLabel *headingLabel(const QString &text);
/// As wide as there is place, and as many lines as it takes.
QLabel *wrappedLabel(const QString &text = {});
/// Likewise, but quiet.
QLabel *mutedLabel(const QString &text = {});
/// Cancel, and a primary button with this text, which accepts.
QDialogButtonBox *dialogButtons(QDialog *dialog, const QString &accept);

} // namespace ui
