// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/preferences/preferences_dialog.h"

#include "ui/widgets/elided_label.h"
#include "ui/widgets/preferences/byte_spin_box.h"
#include "ui/widgets/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QThread>

namespace ui
{
namespace
{

QLabel *heading(const QString &text)
{
    auto *label = new QLabel(text);
    label->setProperty("panelTitle", true);
    return label;
}

QLabel *mutedLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setProperty("muted", true);
    label->setWordWrap(true);
    return label;
}

QFormLayout *form(QWidget *part)
{
    auto *layout = new QFormLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(4 * metrics::space);
    layout->setVerticalSpacing(2 * metrics::space);
    layout->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    return layout;
}

} // namespace

PreferencesDialog::PreferencesDialog(const PreferenceValues &values, const Offers &offers,
                                     QWidget *parent)
    : FittedDialog(parent), m_values(values), m_file(values.model.file)
{
    setWindowTitle(tr("Preferences"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6 * metrics::space, 5 * metrics::space, 6 * metrics::space,
                               4 * metrics::space);
    layout->setSpacing(3 * metrics::space);
    if (offers.models) {
        layout->addWidget(heading(tr("Model")));
        layout->addWidget(modelPart(offers.bf16));
        layout->addSpacing(2 * metrics::space);
    }
    layout->addWidget(heading(tr("Prepared pictures")));
    layout->addWidget(memoryPart(offers));
    layout->addSpacing(2 * metrics::space);
    layout->addStretch(1);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    for (QAbstractButton *button : buttons->buttons())
        button->setIcon({});
    buttons->button(QDialogButtonBox::Ok)->setProperty("primary", true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    setMinimumWidth(460);
}

QWidget *PreferencesDialog::modelPart(ProcessorBf16 bf16)
{
    auto *part = new QWidget;
    auto *layout = form(part);
    m_defaultModel = new QRadioButton(tr("The default model: small and quick"));
    m_fileModel = new QRadioButton(tr("A checkpoint of SAM or MobileSAM:"));
    m_fileModel->setObjectName(QStringLiteral("fileModel"));
    m_defaultModel->setObjectName(QStringLiteral("defaultModel"));
    layout->addRow(m_defaultModel);
    auto *choose = new QPushButton(tr("Choose…"));
    auto *fileRow = new QHBoxLayout;
    fileRow->addWidget(m_fileModel);
    fileRow->addStretch(1);
    fileRow->addWidget(choose);
    layout->addRow(fileRow);
    m_fileName = new ElidedLabel;
    m_fileName->setProperty("muted", true);
    m_fileName->setIndent(6 * metrics::space);
    layout->addRow(m_fileName);
    m_fileName->hide();
    m_threads = new QSpinBox;
    m_threads->setObjectName(QStringLiteral("threads"));
    m_threads->setRange(0, std::max(256, QThread::idealThreadCount()));
    m_threads->setSpecialValueText(tr("All cores (%1)").arg(QThread::idealThreadCount()));
    m_threads->setValue(m_values.model.threads);
    layout->addRow(tr("Threads on the CPU"), m_threads);
    if (bf16 != ProcessorBf16::NoMatter)
        addPrecision(layout, bf16);

    (m_file.isEmpty() ? m_defaultModel : m_fileModel)->setChecked(true);
    m_fileModel->setEnabled(!m_file.isEmpty());
    if (!m_file.isEmpty())
        setModelFile(m_file);
    connect(choose, &QPushButton::clicked, this, &PreferencesDialog::chooseFile);
    return part;
}

void PreferencesDialog::addPrecision(QFormLayout *layout, ProcessorBf16 bf16)
{
    const bool isThere = bf16 == ProcessorBf16::There;
    const QString missing = tr("This processor cannot compute in bf16: it has no AVX512-BF16.");
    const QString decided = tr("This run was started with --precision, which goes first.");
    auto *precision = new QComboBox;
    precision->setObjectName(QStringLiteral("precision"));
    precision->addItems({tr("Exact (fp32)"), tr("Quicker (bf16)")});
    precision->setCurrentIndex(bf16 != ProcessorBf16::Missing && m_values.model.bf16);
    precision->setEnabled(isThere);
    layout->addRow(tr("Precision on the CPU"), precision);
    layout->addRow(mutedLabel(
        isThere ? tr("bf16 prepares pictures about 1.7 times as fast and moves the borders of "
                     "masks a little; clicks take as long. MobileSAM computes in fp32 either way.")
        : bf16 == ProcessorBf16::Missing ? missing
                                         : decided));
    if (isThere) // or else it stays as it was, for another machine and another start
        m_precision = precision;
}

QWidget *PreferencesDialog::memoryPart(const Offers &offers)
{
    auto *part = new QWidget;
    auto *layout = form(part);
    m_prefetch = new QCheckBox(tr("Prepare the next pictures while nothing else is to do"));
    m_prefetch->setObjectName(QStringLiteral("prefetch"));
    m_prefetch->setChecked(m_values.prefetch);
    layout->addRow(m_prefetch);

    m_device = new ByteSpinBox;
    m_memory = new ByteSpinBox;
    m_disk = new ByteSpinBox;
    m_device->setBytes(m_values.budgets.device);
    m_memory->setBytes(m_values.budgets.memory);
    m_disk->setBytes(m_values.budgets.disk);
    m_device->setObjectName(QStringLiteral("device"));
    m_memory->setObjectName(QStringLiteral("memory"));
    m_disk->setObjectName(QStringLiteral("disk"));
    for (ByteSpinBox *box : {m_device, m_memory, m_disk})
        box->setMinimumWidth(120);
    layout->addRow(tr("Keep in the GPU's memory up to"), m_device);
    layout->setRowVisible(m_device, offers.gpu);
    layout->addRow(tr("Keep in memory up to"), m_memory);
    layout->addRow(tr("Keep on disk up to"), m_disk);

    m_diskSize = new QLabel;
    m_diskSize->setProperty("muted", true);
    m_clear = new QPushButton(tr("Clear"));
    m_clear->setObjectName(QStringLiteral("clear"));
    auto *diskRow = new QWidget;
    auto *row = new QHBoxLayout(diskRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_diskSize);
    row->addStretch(1);
    row->addWidget(m_clear);
    layout->addRow(diskRow);
    layout->setRowVisible(m_disk, offers.disk);
    layout->setRowVisible(diskRow, offers.disk);
    setDiskSize(0);
    connect(m_clear, &QPushButton::clicked, this, &PreferencesDialog::clearDiskAsked);

    layout->addRow(mutedLabel(tr("A prepared picture answers clicks at once when it is opened "
                                 "again, also after a restart.")));
    return part;
}

void PreferencesDialog::setDiskSize(quint64 bytes)
{
    m_diskSize->setText(bytes == 0
                            ? tr("Nothing is kept on disk now")
                            : tr("%1 are kept on disk now")
                                  .arg(QLocale().formattedDataSize(
                                      qint64(bytes), 1, QLocale::DataSizeTraditionalFormat)));
    m_clear->setEnabled(bytes > 0);
}

void PreferencesDialog::setModelFile(const QString &file)
{
    m_file = file;
    m_fileName->setText(QDir::toNativeSeparators(file));
    m_fileName->show();
    m_fileModel->setEnabled(true);
    m_fileModel->setChecked(true);
}

void PreferencesDialog::chooseFile()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Choose a model"), QFileInfo(m_file).absolutePath(),
        tr("Checkpoints") + QStringLiteral(" (*.pth *.pt *.safetensors);;") + tr("All files") +
            QStringLiteral(" (*)"));
    if (!file.isEmpty())
        setModelFile(file);
}

PreferenceValues PreferencesDialog::values() const
{
    PreferenceValues values = m_values;
    if (m_defaultModel) {
        values.model.file = m_fileModel->isChecked() ? m_file : QString();
        values.model.threads = m_threads->value();
    }
    if (m_precision)
        values.model.bf16 = m_precision->currentIndex() == 1;
    values.prefetch = m_prefetch->isChecked();
    // What was not touched keeps its bytes, also those below the boxes' unit.
    const auto take = [](const ByteSpinBox *box, auto &bytes) {
        if (box->bytes() != (quint64(bytes) >> 20) << 20)
            bytes = box->bytes();
    };
    take(m_device, values.budgets.device);
    take(m_memory, values.budgets.memory);
    take(m_disk, values.budgets.disk);
    return values;
}

} // namespace ui
