// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/interchange/import_dialog.h"

#include "export/formats.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/interchange/dialog_parts.h"
#include "ui/widgets/interchange/import_preview_view.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/theme/theme.h"
#include "ui/widgets/words.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui
{
namespace
{

constexpr int steps = 1000; // of the bar

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// A sentence in the middle of a page.
QWidget *page(QLabel *label)
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->addStretch(1);
    layout->addWidget(label);
    layout->addStretch(1);
    label->setAlignment(Qt::AlignCenter);
    return page;
}

} // namespace

ImportDialog::ImportDialog(DatasetSnapshot project, QWidget *parent)
    : FittedDialog(parent), m_project(std::move(project))
{
    setWindowTitle(tr("Import annotations"));
    QVBoxLayout *layout = dialogLayout(this);
    layout->addWidget(inputPart());
    layout->addWidget(pages(), 1);
    QDialogButtonBox *buttons = dialogButtons(this, tr("Import"));
    m_import = buttons->button(QDialogButtonBox::Ok);
    layout->addWidget(buttons);
    resize(600, 480);

    connect(&m_task, &BackgroundTask::progressed, this,
            [this](double share) { m_progress->setValue(int(share * steps)); });
    connect(&m_task, &BackgroundTask::failed, this,
            [this](core::ErrorKind kind, const QString &detail) {
                showPage(Failed, errorText(kind, detail));
            });
    connect(&m_task, &BackgroundTask::cancelled, this,
            [this] { showPage(Failed, tr("Reading was stopped.")); });
    showPage(Empty);
}

QWidget *ImportDialog::inputPart()
{
    auto *part = new QWidget;
    QFormLayout *form = formLayout(part);
    m_inputLabel = new ElidedLabel;
    m_inputLabel->setText(tr("Nothing is chosen yet"));
    auto *file = new QPushButton(tr("Choose File…"));
    auto *folder = new QPushButton(tr("Choose Folder…"));
    for (QPushButton *button : {file, folder})
        button->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * metrics::space);
    row->addWidget(m_inputLabel, 1);
    row->addWidget(file);
    row->addWidget(folder);
    form->addRow(tr("From"), row);
    connect(file, &QPushButton::clicked, this, &ImportDialog::chooseFile);
    connect(folder, &QPushButton::clicked, this, &ImportDialog::chooseFolder);

    m_formats = new QComboBox;
    m_formats->setObjectName(QStringLiteral("format"));
    m_formats->setPlaceholderText(tr("Choose the format"));
    for (const auto &format : exporters::allFormats()) {
        if (format->canRead())
            m_formats->addItem(toQString(format->title()), toQString(format->name()));
    }
    m_formats->setCurrentIndex(-1);
    m_formats->setEnabled(false);
    form->addRow(tr("Format"), m_formats);
    connect(m_formats, &QComboBox::activated, this, &ImportDialog::read);
    return part;
}

QWidget *ImportDialog::pages()
{
    m_pages = new QStackedWidget;
    m_pages->setObjectName(QStringLiteral("pages"));
    m_pages->addWidget(page(mutedLabel(tr("Masks and boxes that another program made of the "
                                          "pictures of this project.\nThe format is recognised "
                                          "when a file or a folder is chosen."))));

    auto *reading = new QWidget;
    auto *column = new QVBoxLayout(reading);
    m_progress = new QProgressBar;
    m_progress->setRange(0, steps);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(280, 14);
    auto *stop = new QPushButton(tr("Stop"));
    stop->setObjectName(QStringLiteral("stop"));
    stop->setAutoDefault(false);
    column->addStretch(1);
    column->addWidget(new QLabel(tr("Reading…")), 0, Qt::AlignHCenter);
    column->addWidget(m_progress, 0, Qt::AlignHCenter);
    column->addWidget(stop, 0, Qt::AlignHCenter);
    column->addStretch(1);
    connect(stop, &QPushButton::clicked, &m_task, &BackgroundTask::cancel);
    m_pages->addWidget(reading);

    m_problem = new QLabel;
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_pages->addWidget(page(m_problem));

    m_preview = new ImportPreviewView;
    m_pages->addWidget(m_preview);
    return m_pages;
}

void ImportDialog::showPage(Page page, const QString &text)
{
    m_problem->setText(text);
    m_pages->setCurrentIndex(page);
    m_import->setEnabled(page == Preview && m_preview->isWorthwhile());
}

void ImportDialog::chooseFile()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Annotations to import"), settings::lastFolder(),
        tr("Annotations") + QStringLiteral(" (*.json *.xml *.yaml *.yml *.txt *.png);;") +
            tr("All files") + QStringLiteral(" (*)"));
    if (!file.isEmpty())
        setInput(file);
}

void ImportDialog::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(
        this, tr("Folder of annotations to import"), settings::lastFolder());
    if (!folder.isEmpty())
        setInput(folder);
}

void ImportDialog::setInput(const QString &path)
{
    m_input = path;
    settings::setLastFolder(QFileInfo(path).absolutePath());
    m_inputLabel->setText(QDir::toNativeSeparators(path));
    m_inputLabel->setToolTip(QDir::toNativeSeparators(path));
    m_formats->setEnabled(true);
    m_formats->setCurrentIndex(-1);
    read();
}

void ImportDialog::setFormat(const QString &name)
{
    m_formats->setCurrentIndex(m_formats->findData(name));
    read();
}

void ImportDialog::read()
{
    struct Result {
        const exporters::Format *format; ///< null: to be recognised
        ImportReading reading;
        TaskError error;
    };
    const auto result = std::make_shared<Result>();
    result->format = exporters::findFormat(m_formats->currentData().toString().toStdString());
    m_reading.reset();
    m_progress->setValue(0);
    showPage(Reading);
    m_task.start(
        [result, project = m_project, input = std::filesystem::path(m_input.toStdU16String())](
            std::stop_token stop, const BackgroundTask::Progress &progress) {
            if (!result->format)
                result->format = exporters::recogniseFormat(input);
            if (result->format)
                result->error = errorOf([&] {
                    result->reading =
                        readAnnotations(*result->format, input, project, stop, progress);
                });
        },
        [this, result] {
            if (!result->format) {
                showPage(Failed, tr("The format was not recognised. Choose it from the list."));
                return;
            }
            m_formats->setCurrentIndex(m_formats->findData(toQString(result->format->name())));
            if (result->error.kind) {
                showPage(Failed, errorText(*result->error.kind, result->error.detail));
                return;
            }
            m_reading = {result, &result->reading};
            m_preview->setReading(*m_reading);
            showPage(Preview);
        });
}

ExistingObjects ImportDialog::existing() const
{
    return m_preview->existing();
}

} // namespace ui
