// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/interchange/interchange_desk.h"

#include "ui/editing/apply_import.h"
#include "ui/editing/path_text.h"
#include "ui/widgets/interchange/export_dialog.h"
#include "ui/widgets/interchange/import_words.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/task_progress.h"
#include "ui/widgets/words.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

namespace ui
{

InterchangeDesk::InterchangeDesk(Document &document, MessageBar &messages, QWidget *window)
    : QObject(window), m_document(document), m_messages(messages), m_window(window),
      m_exportProgress(new TaskProgress(tr("Exporting"))),
      m_importProgress(new TaskProgress(tr("Importing")))
{
    connectExport();
    connectImport();
    connect(&document, &Document::projectChanged, this, [this] {
        m_lastTarget.clear();
        // Ids mean something else now.
        m_import.cancel();
        if (m_dialog)
            m_dialog->reject();
    });
}

void InterchangeDesk::connectExport()
{
    connect(&m_export, &ExportTask::progressed, m_exportProgress, &TaskProgress::setProgress);
    connect(m_exportProgress, &TaskProgress::cancelled, &m_export, &ExportTask::cancel);
    const auto done = [this] {
        m_exportProgress->hide();
        Q_EMIT busyChanged();
    };
    connect(&m_export, &ExportTask::finished, this, done);
    connect(&m_export, &ExportTask::failed, this, done);
    connect(&m_export, &ExportTask::cancelled, this, done);
    connect(&m_export, &ExportTask::finished, this, &InterchangeDesk::showExported);
    connect(&m_export, &ExportTask::failed, this,
            [this](core::ErrorKind kind, const QString &detail) {
                m_messages.showMessage(MessageBar::Kind::Error, errorText(kind, detail),
                                       tr("Export again…"), [this] { askForExport(); });
            });
    connect(&m_export, &ExportTask::cancelled, this, [this] {
        m_messages.showMessage(MessageBar::Kind::Information,
                               tr("The export was stopped. Nothing was written."));
    });
}

void InterchangeDesk::connectImport()
{
    connect(&m_import, &BackgroundTask::progressed, m_importProgress, &TaskProgress::setProgress);
    connect(m_importProgress, &TaskProgress::cancelled, &m_import, &BackgroundTask::cancel);
    connect(&m_import, &BackgroundTask::failed, this,
            [this](core::ErrorKind kind, const QString &detail) {
                m_messages.showMessage(MessageBar::Kind::Error, errorText(kind, detail));
            });
    connect(&m_import, &BackgroundTask::cancelled, this, [this] {
        m_messages.showMessage(MessageBar::Kind::Information,
                               tr("The import was stopped. Nothing was imported."));
    });
    connect(&m_import, &BackgroundTask::ended, this, [this] {
        m_importProgress->hide();
        Q_EMIT busyChanged();
    });
}

ExportCounts InterchangeDesk::counts() const
{
    const std::vector<core::ImageRecord> &images = m_document.images();
    ExportCounts counts{qsizetype(m_document.annotationCount()), qsizetype(images.size()), 0,
                        qsizetype(m_document.categories().size()),
                        qsizetype(m_document.proposals().count())};
    for (const core::ImageRecord &image : images)
        counts.emptyPictures += m_document.annotationCount(image.id) == 0;
    return counts;
}

void InterchangeDesk::askForExport()
{
    if (m_export.isRunning() || !m_document.isOpen() || m_document.isOpening())
        return;
    ExportChoice remembered = settings::exportChoice();
    remembered.target = m_lastTarget;
    auto *dialog =
        new ExportDialog(remembered, counts(), pathText(m_document.imageRoot()), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const ExportChoice choice = dialog->choice();
        settings::setExportChoice(choice);
        m_lastTarget = choice.target;
        exportTo(choice);
    });
    m_dialog = dialog;
    dialog->open();
}

void InterchangeDesk::exportTo(const ExportChoice &choice)
{
    if (m_export.isRunning() || !m_document.isOpen())
        return;
    m_exportProgress->setProgress(0);
    m_exportProgress->show();
    m_export.start(m_document.snapshot(), choice);
    Q_EMIT busyChanged();
}

void InterchangeDesk::showExported(const QString &target, const exporters::WriteSummary &summary)
{
    // What was lost is not to leave by itself.
    const auto kind =
        summary.losses.empty() ? MessageBar::Kind::Information : MessageBar::Kind::Warning;
    m_messages.showMessage(kind, exportedSentence(summary, target), tr("Show in folder"), [target] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(target).absolutePath()));
    });
}

QString InterchangeDesk::whyNoImport() const
{
    if (m_document.isListing())
        return tr("The pictures are still being listed. Import when all are here.");
    if (!m_document.isOpen())
        return tr("Open the pictures first, then their annotations.");
    return m_document.isReadOnly() ? tr("This project is open for reading only.") : QString();
}

void InterchangeDesk::askForImport(const QString &input)
{
    if (isImporting())
        return;
    if (const QString why = whyNoImport(); !why.isEmpty()) {
        m_messages.showMessage(MessageBar::Kind::Information, why);
        return;
    }
    auto *dialog = new ImportDialog(m_document.snapshot(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        import(dialog->reading(), dialog->existing(), QFileInfo(dialog->input()).fileName());
    });
    m_dialog = dialog;
    dialog->open();
    if (!input.isEmpty())
        dialog->setInput(input);
}

void InterchangeDesk::import(const std::shared_ptr<ImportReading> &reading,
                             ExistingObjects existing, const QString &name)
{
    if (!reading || isImporting())
        return;
    m_importProgress->setProgress(0);
    m_importProgress->show();
    const auto plan = std::make_shared<ImportPlan>();
    m_import.start(
        [plan, reading, existing, project = m_document.snapshot(),
         waiting = m_document.proposalsNow()](std::stop_token stop,
                                              const BackgroundTask::Progress &progress) {
            *plan = planImport(std::move(reading->annotations), project, *waiting, existing,
                               std::move(stop), progress);
        },
        [this, plan, name] { takeImport(*plan, name); });
    Q_EMIT busyChanged();
}

void InterchangeDesk::takeImport(const ImportPlan &plan, const QString &name)
{
    const bool hasProposals = !plan.proposals->empty();
    const bool changed = applyImport(m_document, plan, tr("Import %1").arg(name));
    const QString sentence = importedSentence(plan, changed);
    if (hasProposals)
        m_messages.showMessage(MessageBar::Kind::Information, sentence, tr("Review"),
                               [this] { Q_EMIT reviewAsked(); });
    else
        m_messages.showMessage(MessageBar::Kind::Information, sentence);
}

} // namespace ui
