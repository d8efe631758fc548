// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/interchange/dialog_parts.h"

#include "ui/widgets/theme/theme.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui
{

QVBoxLayout *dialogLayout(QDialog *dialog)
{
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(6 * metrics::space, 5 * metrics::space, 6 * metrics::space,
                               4 * metrics::space);
    layout->setSpacing(3 * metrics::space);
    return layout;
}

QFormLayout *formLayout(QWidget *part)
{
    auto *layout = new QFormLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(4 * metrics::space);
    layout->setVerticalSpacing(2 * metrics::space);
    layout->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    layout->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    return layout;
}

void alignLabels(std::initializer_list<QFormLayout *> forms)
{
    QWidgetList labels;
    int width = 0;
    for (const QFormLayout *form : forms) {
        for (int row = 0; row < form->rowCount(); ++row) {
            if (const QLayoutItem *item = form->itemAt(row, QFormLayout::LabelRole)) {
                labels << item->widget();
                width = qMax(width, item->widget()->sizeHint().width());
            }
        }
    }
    for (QWidget *label : labels)
        label->setMinimumWidth(width);
}

QLabel *headingLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setProperty("panelTitle", true);
    return label;
}

QLabel *wrappedLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setWordWrap(true);
    // A form gives only to what expands; its height is still asked for by its width.
    QSizePolicy policy = label->sizePolicy();
    policy.setHorizontalPolicy(QSizePolicy::Expanding);
    label->setSizePolicy(policy);
    return label;
}

QLabel *mutedLabel(const QString &text)
{
    QLabel *label = wrappedLabel(text);
    label->setProperty("muted", true);
    return label;
}

QDialogButtonBox *dialogButtons(QDialog *dialog, const QString &accept)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    for (QAbstractButton *button : buttons->buttons())
        button->setIcon({});
    QPushButton *ok = buttons->button(QDialogButtonBox::Ok);
    ok->setText(accept);
    ok->setProperty("primary", true);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    return buttons;
}

} // namespace ui
