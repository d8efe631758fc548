// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/overlays/about_dialog.h"

#include "ui/editing/service_status.h"
#include "ui/widgets/theme/icons.h"
#include "ui/widgets/theme/theme.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSysInfo>

namespace ui
{

AboutDialog::AboutDialog(const ServiceStatus &status, const QString &libraries, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("About Maskwright"));
    auto *icon = new QLabel;
    icon->setPixmap(applicationIcon().pixmap(QSize(72, 72), devicePixelRatioF()));
    icon->setAlignment(Qt::AlignTop);
    auto *name = new QLabel(QStringLiteral("Maskwright"));
    QFont font = name->font();
    font.setPointSizeF(font.pointSizeF() * 1.6);
    font.setWeight(QFont::DemiBold);
    name->setFont(font);
    auto *promise = new QLabel(tr("Draws object masks: point at something, get its pixels."));
    promise->setProperty("muted", true);

    QList<std::pair<QString, QString>> facts{
        {tr("Version"), QStringLiteral(MASKWRIGHT_VERSION)},
        {tr("Model"), status.modelName.isEmpty() ? tr("none loaded") : status.modelName},
        {tr("Device"), status.device == core::Device::Cuda ? tr("GPU (CUDA)") : tr("CPU")},
        {tr("Qt"), QString::fromLatin1(qVersion())},
    };
    if (!libraries.isEmpty())
        facts.append({tr("Libraries"), libraries});
    facts.append({tr("System"), QSysInfo::prettyProductName() + QStringLiteral(", ") +
                                    QSysInfo::currentCpuArchitecture()});
    facts.append({tr("Licence"), QStringLiteral("Apache-2.0")});
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(4 * metrics::space);
    form->setVerticalSpacing(metrics::space);
    QString report = QStringLiteral("Maskwright\n");
    for (const auto &[what, value] : facts) {
        auto *label = new QLabel(what);
        label->setProperty("muted", true);
        auto *text = new QLabel(value);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        form->addRow(label, text);
        report += what + QStringLiteral(": ") + value + QLatin1Char('\n');
    }

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    for (QAbstractButton *button : buttons->buttons())
        button->setIcon({});
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    connect(copy, &QPushButton::clicked, this,
            [report] { QGuiApplication::clipboard()->setText(report); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *right = new QVBoxLayout;
    right->setSpacing(metrics::space);
    right->addWidget(name);
    right->addWidget(promise);
    right->addSpacing(3 * metrics::space);
    right->addLayout(form);
    right->addSpacing(4 * metrics::space);
    right->addStretch(1);
    right->addWidget(buttons);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6 * metrics::space, 6 * metrics::space, 5 * metrics::space,
                               4 * metrics::space);
    layout->setSpacing(5 * metrics::space);
    layout->addWidget(icon);
    layout->addLayout(right, 1);
    layout->setSizeConstraint(QLayout::SetFixedSize);
    buttons->button(QDialogButtonBox::Close)->setFocus(); // Copy stands before it
}

} // namespace ui
