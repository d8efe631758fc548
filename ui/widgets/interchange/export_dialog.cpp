// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/interchange/export_dialog.h"

#include "export/format_choices.h"
#include "export/formats.h"
#include "ui/widgets/interchange/dialog_parts.h"
#include "ui/widgets/interchange/export_options_form.h"
#include "ui/widgets/theme/theme.h"
#include "ui/widgets/words.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui
{
namespace
{

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace

ExportDialog::ExportDialog(const ExportChoice &remembered, const ExportCounts &counts,
                           const QString &imageRoot, QWidget *parent)
    : FittedDialog(parent), m_imageRoot(imageRoot), m_lastTarget(remembered.target),
      m_counts(counts), m_isTargetChosen(!remembered.target.isEmpty()),
      m_options(new ExportOptionsForm(remembered.options))
{
    setWindowTitle(tr("Export"));
    QVBoxLayout *layout = dialogLayout(this);
    auto *formatPart = new QWidget, *targetPart = new QWidget;
    alignLabels({formatForm(formatPart), m_options->form(), targetForm(targetPart)});
    layout->addWidget(formatPart);
    layout->addWidget(m_options);
    layout->addWidget(targetPart);
    m_preview = new QLabel;
    m_preview->setObjectName(QStringLiteral("preview"));
    m_preview->setWordWrap(true);
    m_preview->setMinimumHeight(3 * m_preview->fontMetrics().lineSpacing());
    m_preview->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    layout->addWidget(m_preview);
    layout->addStretch(1);
    QDialogButtonBox *buttons = dialogButtons(this, tr("Export"));
    m_export = buttons->button(QDialogButtonBox::Ok);
    layout->addWidget(buttons);
    setMinimumWidth(540);

    m_formats->setCurrentIndex(m_formats->findData(toQString(formatOf(remembered).name())));
    m_target->setText(QDir::toNativeSeparators(remembered.target));
    useFormat();
    connect(m_formats, &QComboBox::currentIndexChanged, this, &ExportDialog::useFormat);
    connect(m_options, &ExportOptionsForm::changed, this, &ExportDialog::updatePreview);
    connect(m_target, &QLineEdit::textEdited, this, [this] { m_isTargetChosen = true; });
    connect(m_target, &QLineEdit::textChanged, this, &ExportDialog::updatePreview);
}

QFormLayout *ExportDialog::formatForm(QWidget *part)
{
    QFormLayout *form = formLayout(part);
    m_formats = new QComboBox;
    m_formats->setObjectName(QStringLiteral("format"));
    for (const auto &format : exporters::allFormats()) {
        if (format->canWrite())
            m_formats->addItem(toQString(format->title()), toQString(format->name()));
    }
    form->addRow(tr("Format"), m_formats);
    m_about = mutedLabel();
    m_about->setObjectName(QStringLiteral("about"));
    form->addRow(new QLabel, m_about);
    return form;
}

QFormLayout *ExportDialog::targetForm(QWidget *part)
{
    QFormLayout *form = formLayout(part);
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * metrics::space);
    m_target = new QLineEdit;
    m_target->setObjectName(QStringLiteral("target"));
    auto *choose = new QPushButton(tr("Choose…"));
    choose->setAutoDefault(false);
    row->addWidget(m_target, 1);
    row->addWidget(choose);
    m_targetLabel = new QLabel(tr("Folder"));
    m_targetLabel->setBuddy(m_target);
    form->addRow(m_targetLabel, row);
    connect(choose, &QPushButton::clicked, this, &ExportDialog::chooseTarget);
    return form;
}

const exporters::Format &ExportDialog::format() const
{
    return formatOf({m_formats->currentData().toString(), {}, {}});
}

void ExportDialog::useFormat()
{
    const exporters::Format &format = this->format();
    const bool isFile = format.layout() == exporters::Layout::File;
    QString about = isFile ? tr("One file.") : tr("A folder with files of fixed names.");
    about +=
        QLatin1Char(' ') + (format.limits().empty()
                                ? tr("Nothing of the objects is lost, unless it is chosen below.")
                                : toQString(format.limits()));
    m_about->setText(about);
    m_targetLabel->setText(isFile ? tr("File") : tr("Folder"));
    m_options->setFormat(format);
    // What was chosen for another kind of format is not one for this.
    if (!m_isTargetChosen || !whyNot(format, target()).isEmpty() ||
        (isFile &&
         QFileInfo(target()).suffix() != toQString(exporters::choicesOf(format).extension))) {
        m_target->setText(
            QDir::toNativeSeparators(proposedTarget(format, m_imageRoot, m_lastTarget)));
        m_isTargetChosen = false;
    }
    updatePreview();
}

void ExportDialog::chooseTarget()
{
    const exporters::Format &format = this->format();
    const QString extension = toQString(exporters::choicesOf(format).extension);
    const QString target =
        format.layout() == exporters::Layout::File
            ? QFileDialog::getSaveFileName(this, tr("Export to"), this->target(),
                                           toQString(format.title()) +
                                               QStringLiteral(" (*.%1)").arg(extension),
                                           nullptr, QFileDialog::DontConfirmOverwrite)
            : QFileDialog::getSaveFileName(this, tr("Name of a new folder"), this->target(),
                                           QString(), nullptr, QFileDialog::ShowDirsOnly);
    if (target.isEmpty())
        return;
    m_isTargetChosen = true;
    m_target->setText(QDir::toNativeSeparators(target));
}

void ExportDialog::updatePreview()
{
    const exporters::Format &format = this->format();
    const QString target = this->target();
    const QString problem = whyNot(format, target);
    QStringList lines{countSentence(m_counts)};
    const auto pictures = m_options->options().pictures;
    if (exporters::choicesOf(format).pictures && pictures != exporters::Pictures::Leave)
        lines << (pictures == exporters::Pictures::Copy
                      ? tr("%1 will be copied.").arg(pictureCount(m_counts.pictures))
                      : tr("%1 will be linked, or copied where that is not possible.")
                            .arg(pictureCount(m_counts.pictures)));
    if (!problem.isEmpty())
        lines << problem;
    else if (QFileInfo(target).isFile())
        lines << tr("The file that is there will be replaced.");
    m_preview->setText(lines.join(QLatin1Char('\n')));
    m_export->setEnabled(problem.isEmpty());
}

QString ExportDialog::target() const
{
    const QString target = QDir::fromNativeSeparators(m_target->text()).trimmed();
    return target.isEmpty() ? QString() : QDir(m_imageRoot).absoluteFilePath(target);
}

ExportChoice ExportDialog::choice() const
{
    return {m_formats->currentData().toString(), target(), m_options->options()};
}

} // namespace ui
