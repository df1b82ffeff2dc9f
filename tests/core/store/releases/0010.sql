CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES ('0010');
CREATE TABLE community (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	timezone VARCHAR NOT NULL, 
	last_number INTEGER NOT NULL, title VARCHAR, taxonomy VARCHAR, intake VARCHAR DEFAULT 'mention' NOT NULL, reply VARCHAR DEFAULT 'card' NOT NULL, quorum INTEGER DEFAULT '2' NOT NULL, lead INTEGER DEFAULT '1' NOT NULL, counts_own BOOLEAN DEFAULT '1' NOT NULL, on_deletion VARCHAR DEFAULT 'ask' NOT NULL, note VARCHAR DEFAULT 'off' NOT NULL, practice_first BOOLEAN DEFAULT '0' NOT NULL, discussions INTEGER DEFAULT '3' NOT NULL, 
	CONSTRAINT pk_community PRIMARY KEY (id), 
	CONSTRAINT uq_community_name UNIQUE (name)
);
INSERT INTO community VALUES (1, 'home', 'zh-TW', 'Asia/Taipei', 7, NULL, NULL, 'mention', 'card', 2, 1, 1, 'ask', 'off', 0, 3);
CREATE TABLE member (
	platform VARCHAR NOT NULL, 
	member VARCHAR NOT NULL, 
	language VARCHAR, may_train BOOLEAN DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_member PRIMARY KEY (platform, member)
);
INSERT INTO member VALUES ('console', 'mei', 'en', 0);
CREATE TABLE hypothesis (
	id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	CONSTRAINT pk_hypothesis PRIMARY KEY (id), 
	CONSTRAINT fk_hypothesis_community FOREIGN KEY(community_id) REFERENCES community (id), 
	CONSTRAINT uq_hypothesis_community_id_id UNIQUE (community_id, id), 
	CONSTRAINT uq_hypothesis_community_id_text UNIQUE (community_id, text)
);
INSERT INTO hypothesis VALUES (1, 1, '勞動');
INSERT INTO hypothesis VALUES (2, 1, '環境');
INSERT INTO hypothesis VALUES (3, 1, '能源');
INSERT INTO hypothesis VALUES (4, 1, 'energy');
INSERT INTO hypothesis VALUES (5, 1, 'environment');
INSERT INTO hypothesis VALUES (6, 1, 'labour');
CREATE TABLE item (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	community_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	received_at DATETIME NOT NULL, 
	external_id VARCHAR, 
	story_id INTEGER, 
	is_to_label BOOLEAN NOT NULL, 
	attempts INTEGER NOT NULL, 
	failed_in VARCHAR, 
	failure_code VARCHAR, 
	failure_message VARCHAR, 
	failure_facts JSON, 
	retry_at DATETIME, 
	embedded_with VARCHAR, none_fits VARCHAR, 
	CONSTRAINT fk_item_community FOREIGN KEY(community_id) REFERENCES community (id), 
	CONSTRAINT uq_item_community_id_external_id UNIQUE (community_id, external_id), 
	CONSTRAINT uq_item_community_id_id UNIQUE (community_id, id), 
	CONSTRAINT uq_item_community_id_number UNIQUE (community_id, number)
);
INSERT INTO item VALUES (1, 1, 1, 'done', '2026-03-01 12:00:00.000000', NULL, 1, 1, 0, NULL, NULL, NULL, NULL, NULL, 'fake-embedder@1', NULL);
INSERT INTO item VALUES (2, 1, 2, 'done', '2026-03-01 12:00:00.000000', NULL, 1, 1, 0, NULL, NULL, NULL, NULL, NULL, 'fake-embedder@1', NULL);
INSERT INTO item VALUES (4, 1, 4, 'failed', '2026-03-01 12:00:00.000000', NULL, NULL, 1, 0, 'received', 'not-an-article', 'A wall.', '{"reason": "login"}', NULL, NULL, NULL);
INSERT INTO item VALUES (5, 1, 5, 'done', '2026-03-01 12:00:00.000000', NULL, NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, 'fake-embedder@1', NULL);
INSERT INTO item VALUES (6, 1, 6, 'done', '2026-03-01 12:00:00.000000', NULL, NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, 'fake-embedder@1', NULL);
INSERT INTO item VALUES (7, 1, 7, 'received', '2026-03-01 12:00:00.000000', 'x-1', NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE address (
	community_id INTEGER NOT NULL, 
	address VARCHAR NOT NULL, 
	item_id INTEGER NOT NULL, 
	CONSTRAINT pk_address PRIMARY KEY (community_id, address), 
	CONSTRAINT fk_address_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
);
INSERT INTO address VALUES (1, 'https://news.example/energy', 1);
INSERT INTO address VALUES (1, 'text:946a940b1b4482a68a85270ded82382b66e30dbf519a8cb922b9b37b9cc00099', 1);
INSERT INTO address VALUES (1, 'https://other.example/energy', 2);
INSERT INTO address VALUES (1, 'https://short.example/x', 1);
INSERT INTO address VALUES (1, 'https://wall.example/', 4);
INSERT INTO address VALUES (1, 'text:59c43696e32a60815a5c5b3f19d08f42ff065f1244f14e46b7a9bc38cec45aa3', 5);
INSERT INTO address VALUES (1, 'file:92149a824177145f8554f3a3ab4a16b6f5c3b5ccbfc220a7b173822d9874c064', 6);
INSERT INTO address VALUES (1, 'text:d75de2d11e65dbc2ab6c373a6a4df2ee4f8d4a11589507d5ebf55145846b8b3f', 6);
CREATE TABLE document (
	item_id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	title VARCHAR, 
	author VARCHAR, 
	published_on DATE, 
	site VARCHAR, 
	language VARCHAR, 
	url VARCHAR, 
	canonical_url VARCHAR, 
	image_url VARCHAR, 
	media VARCHAR NOT NULL, 
	fetched_at DATETIME NOT NULL, 
	author_folded VARCHAR, 
	site_folded VARCHAR, 
	CONSTRAINT pk_document PRIMARY KEY (item_id), 
	CONSTRAINT fk_document_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
);
INSERT INTO document VALUES (1, 1, '能源政策公布。環境團體要求檢討。', '能源', '林', NULL, NULL, NULL, 'https://news.example/energy', 'https://news.example/energy', NULL, 'web', '2026-03-01 12:00:00.000000', '林', 'news.example');
INSERT INTO document VALUES (2, 1, '能源政策公布。環境團體要求檢討。', NULL, NULL, NULL, NULL, NULL, 'https://other.example/energy', 'https://other.example/energy', NULL, 'web', '2026-03-01 12:00:00.000000', NULL, 'other.example');
INSERT INTO document VALUES (5, 1, '勞動節快樂。', '勞動', NULL, NULL, NULL, 'zh-Hant', NULL, NULL, NULL, 'text', '2026-03-01 12:00:00.000000', NULL, NULL);
INSERT INTO document VALUES (6, 1, 'Minutes of the energy meeting.', NULL, NULL, NULL, NULL, 'en', NULL, NULL, NULL, 'text', '2026-03-01 12:00:00.000000', NULL, NULL);
CREATE TABLE fingerprint (
	item_id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	fingerprint BLOB NOT NULL, 
	CONSTRAINT pk_fingerprint PRIMARY KEY (item_id), 
	CONSTRAINT fk_fingerprint_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
);
INSERT INTO fingerprint VALUES (1, 1, X'010DA6F31E68C318D00B000000C3793F0560A0DD142737B01BBCF87A34EA4DE82C78F5A20CF1316F00121CD2040DB534050976D900932EC41A82E49804E3DBBC05324B1001C2F3B6187F8AC9037023AA068DAA7A0CB58A3E0911258F0F50185808CC8B790B99BC64014D374A1D9AD586076262F213BD14FE0C2D70D416085E6C011217E6227EF47732111A54583EC7B70788B99001B7E13410B4ACFD28F1A49207F1AEC821C9798F044FBCEA12525D874E7AF4D80A93E0221EB0E235146123340E20C9E602530375090E8A8B11EBE3EB023024DC0CC3C042379B695E327D4266266E980A0B50E0591E615CF625C3EE6D08EE642731FAFB0E2658A3D525CCAE881508474C01D2C5A2022200951AA2E3BD0F007C300B158E741215C9901AF15F301660A9BB231DEEF804CA708E1C929EB70D78FB32552F0073077202C00814F8731BD16C1F12CDEC2211214247073FECA90AEE14C50D95EB5703D865390A05D780260056B5037E8D2612691F830B8E57AF05C5C2C805BC57CA32A21633132B0AD0192AD9370DDA9A710B4360BF0DF5BC47072F67CB0C7F4B1C0313BEDB1360A8B3024F247112853407112479880F150C4303F3803A020F2CB50D024DCB20BC1EAE219D09F60A0B464C14EB97EF064290610C32078D125CAFDC14E81B9502F0D33404CE0BEC086A70241A8872430E7E0231050DB2A41F71021A12DB583109162DD0143D82112513BA451EB259B336');
INSERT INTO fingerprint VALUES (2, 1, X'010DA6F31E68C318D00B000000C3793F0560A0DD142737B01BBCF87A34EA4DE82C78F5A20CF1316F00121CD2040DB534050976D900932EC41A82E49804E3DBBC05324B1001C2F3B6187F8AC9037023AA068DAA7A0CB58A3E0911258F0F50185808CC8B790B99BC64014D374A1D9AD586076262F213BD14FE0C2D70D416085E6C011217E6227EF47732111A54583EC7B70788B99001B7E13410B4ACFD28F1A49207F1AEC821C9798F044FBCEA12525D874E7AF4D80A93E0221EB0E235146123340E20C9E602530375090E8A8B11EBE3EB023024DC0CC3C042379B695E327D4266266E980A0B50E0591E615CF625C3EE6D08EE642731FAFB0E2658A3D525CCAE881508474C01D2C5A2022200951AA2E3BD0F007C300B158E741215C9901AF15F301660A9BB231DEEF804CA708E1C929EB70D78FB32552F0073077202C00814F8731BD16C1F12CDEC2211214247073FECA90AEE14C50D95EB5703D865390A05D780260056B5037E8D2612691F830B8E57AF05C5C2C805BC57CA32A21633132B0AD0192AD9370DDA9A710B4360BF0DF5BC47072F67CB0C7F4B1C0313BEDB1360A8B3024F247112853407112479880F150C4303F3803A020F2CB50D024DCB20BC1EAE219D09F60A0B464C14EB97EF064290610C32078D125CAFDC14E81B9502F0D33404CE0BEC086A70241A8872430E7E0231050DB2A41F71021A12DB583109162DD0143D82112513BA451EB259B336');
INSERT INTO fingerprint VALUES (5, 1, X'0121A9122A0C3E8E6202000000EDD7881E6CB6D64DF3C15E996090A9957124C926A064860A678FB057710CD16D8351880FCE7639CE1B62A94EB37DFEC82E27820FBDAA032698888756E42AF7127CF6CB44EB023B1FA9C8FF3BBB9C713D8A27347F69E16D40D271F64214CBB708749CBE71CBCE194BACF3B06E5E168A4CD0F27B47ADCE35D8C5BCB67B37A70B18C03E1CDAD33B3777FED52A4B2FD53D424E65A400EF061CD00F6FFE413CED216A031A8D8D70E613A724C5C61F7BFA8D19D681074C0B7033304D3B2D613B5B7EB2648061B599D725BB55BC841FF1CBC085CE8A6104EEEB5B01B661B05CF105DE0777E4C330291BCD333D2AE46CDE0492020694BD7274D16134948E7399AABE06308F7E40114894C372FF748067B9393ED5A67D549B6AD261E54365D4519BC2E40AE8F69F150F3B9CDAD9E0A55FC2E018937CB6EB4095BF7B9121BCFB05B4365F0973308E0BEC9EF26F5E9268719ECA157EE39C145C68011C5BCD4C308A4CF0DD5573FDA767D18D020B3A3A2F29646CF002FB899C25C0FC8E419788C155CD0B4C92CFCB08145B244A62B710593FA67BB68FC4DBF8856EDDCF8568A27254E5C8C12A91CFFAAC01AC6CB029CBAE20981FBB5907B2FF44E5933F6C1A37418A189926721E17371704DE4168FEC70775417FDBD9BC08FD1D27D6A5674CA427CB014B5707881960AF5847625C874B5427AF849C3D7E7559621480B921D379281F4565AD1C');
INSERT INTO fingerprint VALUES (6, 1, X'01A621E66F19A7E18E020000002AABC6B1B699EB4125F5AF4A5EB82C3999E03657917AE969EEF4465E773D055B50482C46170B87C93556E869401C198CE4A910314364392348525869C412580620EB08D5FAC8285F0CD281883D62699BE6187366FB5E7B831C2D51246D0C2D82E330452FBA21AA33A3F0D135C9E5A7340D71BE0A0D66A22B925F350AAD8CDBBFD1BF9003B302620BFBFBE31159FB33373B1D65D8811B798200363B69A8D3B1110975EA3A5EC9193BD4E8196A4533769475D92DD42E6CA61EABE0E38AC75ADF196D4C8DBD4CB3CACE30A62A0FE367C1635BA49D8BE2BED21EA69F8B394FD50091BEEECD00C437CECBBA6139D679EAFA558BDD0504C96A8A37B862936F8BEB997F4132CF076657524D9B311E5ACE810167AEF18E5FDD663E65E09F1A3E16A450DCE8EDB5191EE65A6193108A49300C58C06743349E19EB976F7AA87F500F80FD717C4F76468D1A2F1FE734BC18F05B1327C254553EA6FD5F2CB2F2A1B3B1323C31FC19048E35CC25A74F852A0D0C83D57564CA3B83643ED5BAFBAF9756D400F773203769906EF73B9FE3A6660373F55435AD80FEA5D52E6741492BB05397BB3F643A674922DA8283527680672D0C200B6C863C713D3CB83531C3928E451016305072B0BC5ECBDF7260A725088005D3270E9E7FD425D00DFF1E2D982A0AB71F73C1D9084B1D72C527A5E954A06350BD074ABFF3F233863C3B5C82A3F5B7D7627200');
CREATE TABLE fingerprint_band (
	community_id INTEGER NOT NULL, 
	band BIGINT NOT NULL, 
	item_id INTEGER NOT NULL, 
	CONSTRAINT pk_fingerprint_band PRIMARY KEY (community_id, band, item_id), 
	CONSTRAINT fk_fingerprint_band_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO fingerprint_band VALUES (1, -3451794262416185843, 1);
INSERT INTO fingerprint_band VALUES (1, -3451794262416185843, 2);
INSERT INTO fingerprint_band VALUES (1, 7101681884376246561, 5);
INSERT INTO fingerprint_band VALUES (1, -8151050122870513242, 6);
CREATE TABLE given (
	item_id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	url VARCHAR, 
	title VARCHAR, 
	text VARCHAR, 
	published_on DATE, 
	file_name VARCHAR, 
	CONSTRAINT pk_given PRIMARY KEY (item_id), 
	CONSTRAINT fk_given_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
);
INSERT INTO given VALUES (1, 1, 'link', 'https://news.example/energy', NULL, NULL, NULL, NULL);
INSERT INTO given VALUES (2, 1, 'link', 'https://other.example/energy', NULL, NULL, NULL, NULL);
INSERT INTO given VALUES (4, 1, 'link', 'https://wall.example/', NULL, NULL, NULL, NULL);
INSERT INTO given VALUES (5, 1, 'text', NULL, '勞動', '勞動節快樂。', NULL, NULL);
INSERT INTO given VALUES (6, 1, 'file', NULL, NULL, NULL, NULL, 'notes.txt');
INSERT INTO given VALUES (7, 1, 'text', NULL, NULL, 'Not finished.', NULL, NULL);
CREATE TABLE given_file (
	item_id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_given_file PRIMARY KEY (item_id), 
	CONSTRAINT fk_given_file_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
);
INSERT INTO given_file VALUES (6, 1, X'4D696E75746573206F662074686520656E65726779206D656574696E672E');
CREATE TABLE item_label (
	item_id INTEGER NOT NULL, 
	path VARCHAR NOT NULL, 
	community_id INTEGER NOT NULL, 
	score FLOAT NOT NULL, 
	status VARCHAR NOT NULL, 
	position INTEGER NOT NULL, base VARCHAR, origin VARCHAR DEFAULT 'entailment' NOT NULL, 
	CONSTRAINT pk_item_label PRIMARY KEY (item_id, path), 
	CONSTRAINT fk_item_label_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO item_label VALUES (1, 'topic/environment', 1, 0.9, 'confirmed', 0, 'confirmed', 'entailment');
INSERT INTO item_label VALUES (1, 'topic/environment/energy', 1, 0.9, 'suggested', 1, 'suggested', 'entailment');
INSERT INTO item_label VALUES (2, 'topic/environment', 1, 0.9, 'suggested', 0, 'suggested', 'entailment');
INSERT INTO item_label VALUES (2, 'topic/environment/energy', 1, 0.9, 'suggested', 1, 'suggested', 'entailment');
INSERT INTO item_label VALUES (5, 'topic/labour', 1, 0.9, 'suggested', 2, 'suggested', 'entailment');
INSERT INTO item_label VALUES (6, 'topic/environment', 1, 0.9, 'suggested', 0, 'suggested', 'entailment');
INSERT INTO item_label VALUES (6, 'topic/environment/energy', 1, 0.9, 'suggested', 1, 'suggested', 'entailment');
CREATE TABLE labelling (
	id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	model VARCHAR NOT NULL, 
	wording VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	premise_kind VARCHAR NOT NULL, 
	premise VARCHAR NOT NULL, 
	labels JSON NOT NULL, origin VARCHAR DEFAULT 'entailment' NOT NULL, 
	CONSTRAINT pk_labelling PRIMARY KEY (id), 
	CONSTRAINT fk_labelling_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE, 
	CONSTRAINT uq_labelling_community_id_id UNIQUE (community_id, id)
);
INSERT INTO labelling VALUES (1, 1, 1, '2026-03-01 12:00:00.000000', 'fake-annotator@1', '6a251dcc3eeb', 'zh-TW', 'text', '能源政策公布。環境團體要求檢討。', '[["topic/environment", 0.9], ["topic/environment/energy", 0.9]]', 'entailment');
INSERT INTO labelling VALUES (2, 1, 2, '2026-03-01 12:00:00.000000', 'fake-annotator@1', '6a251dcc3eeb', 'zh-TW', 'text', '能源政策公布。環境團體要求檢討。', '[["topic/environment", 0.9], ["topic/environment/energy", 0.9]]', 'entailment');
INSERT INTO labelling VALUES (3, 1, 5, '2026-03-01 12:00:00.000000', 'fake-annotator@1', '6a251dcc3eeb', 'zh-TW', 'text', '勞動節快樂。', '[["topic/labour", 0.9]]', 'entailment');
INSERT INTO labelling VALUES (4, 1, 6, '2026-03-01 12:00:00.000000', 'fake-annotator@1', '6a251dcc3eeb', 'en', 'text', 'Minutes of the energy meeting.', '[["topic/environment", 0.9], ["topic/environment/energy", 0.9]]', 'entailment');
CREATE TABLE moved (
	moved_id INTEGER NOT NULL, 
	moved_number INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	CONSTRAINT pk_moved PRIMARY KEY (moved_id), 
	CONSTRAINT fk_moved_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE, 
	CONSTRAINT uq_moved_community_id_moved_number UNIQUE (community_id, moved_number)
);
INSERT INTO moved VALUES (3, 3, 1, 1);
CREATE TABLE share (
	id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	member_platform VARCHAR NOT NULL, 
	member VARCHAR NOT NULL, 
	member_name VARCHAR, 
	member_name_folded VARCHAR, 
	note VARCHAR, 
	message_platform VARCHAR, 
	message_chat VARCHAR, 
	message_thread VARCHAR, 
	message_id VARCHAR, 
	shared_at DATETIME NOT NULL, 
	CONSTRAINT pk_share PRIMARY KEY (id), 
	CONSTRAINT fk_share_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE, 
	CONSTRAINT uq_share_message UNIQUE (item_id, message_platform, message_chat, message_thread, message_id)
);
INSERT INTO share VALUES (1, 1, 1, 'console', 'mei', '小美', '小美', '請看', 'console', 'room', 'thread', '1', '2026-03-01 12:00:00.000000');
INSERT INTO share VALUES (2, 1, 2, 'console', 'tom', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-01 12:00:00.000000');
INSERT INTO share VALUES (3, 1, 1, 'console', 'tom', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-01 12:00:00.000000');
INSERT INTO share VALUES (4, 1, 4, 'console', 'tom', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-01 12:00:00.000000');
INSERT INTO share VALUES (5, 1, 5, 'console', 'tom', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-01 12:00:00.000000');
INSERT INTO share VALUES (6, 1, 6, 'console', 'mei', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-01 12:00:00.000000');
INSERT INTO share VALUES (7, 1, 7, 'console', 'mei', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-01 12:00:00.000000');
CREATE TABLE summary (
	item_id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	extracts JSON NOT NULL, 
	method VARCHAR NOT NULL, generated VARCHAR, 
	CONSTRAINT pk_summary PRIMARY KEY (item_id), 
	CONSTRAINT fk_summary_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
);
INSERT INTO summary VALUES (1, 1, '能源政策公布。環境團體要求檢討。', '[[0, 7], [7, 16]]', 'fake-lead@1/60', NULL);
INSERT INTO summary VALUES (2, 1, '能源政策公布。環境團體要求檢討。', '[[0, 7], [7, 16]]', 'fake-lead@1/60', NULL);
INSERT INTO summary VALUES (5, 1, '勞動節快樂。', '[[0, 6]]', 'fake-lead@1/60', NULL);
INSERT INTO summary VALUES (6, 1, 'Minutes of the energy meeting.', '[[0, 30]]', 'fake-lead@1/60', NULL);
CREATE TABLE answer (
	labelling_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	path VARCHAR NOT NULL, 
	hypothesis_id INTEGER NOT NULL, 
	probability FLOAT NOT NULL, 
	threshold FLOAT NOT NULL, 
	CONSTRAINT pk_answer PRIMARY KEY (labelling_id, position), 
	CONSTRAINT fk_answer_hypothesis FOREIGN KEY(community_id, hypothesis_id) REFERENCES hypothesis (community_id, id), 
	CONSTRAINT fk_answer_labelling FOREIGN KEY(community_id, labelling_id) REFERENCES labelling (community_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO answer VALUES (1, 0, 1, 'topic/environment', 2, 0.9, 0.5);
INSERT INTO answer VALUES (1, 1, 1, 'topic/environment/energy', 3, 0.9, 0.5);
INSERT INTO answer VALUES (1, 2, 1, 'topic/labour', 1, 0.1, 0.5);
INSERT INTO answer VALUES (2, 0, 1, 'topic/environment', 2, 0.9, 0.5);
INSERT INTO answer VALUES (2, 1, 1, 'topic/environment/energy', 3, 0.9, 0.5);
INSERT INTO answer VALUES (2, 2, 1, 'topic/labour', 1, 0.1, 0.5);
INSERT INTO answer VALUES (3, 0, 1, 'topic/environment', 2, 0.1, 0.5);
INSERT INTO answer VALUES (3, 1, 1, 'topic/labour', 1, 0.9, 0.5);
INSERT INTO answer VALUES (4, 0, 1, 'topic/environment', 5, 0.9, 0.5);
INSERT INTO answer VALUES (4, 1, 1, 'topic/environment/energy', 4, 0.9, 0.5);
INSERT INTO answer VALUES (4, 2, 1, 'topic/labour', 6, 0.1, 0.5);
CREATE TABLE item_words (
            item_id INTEGER NOT NULL PRIMARY KEY,
            community_id INTEGER NOT NULL,
            title BLOB NOT NULL,
            body BLOB NOT NULL
        );
INSERT INTO item_words VALUES (1, 1, X'78017BD1BCF7D9AE090A400C00264906A9', X'780115C63B0A80400C05C0ABBCA3AAC15604C5C62E8258F8C14E84C5CB986C8EE1B3189890E4770BF2FE01E56D0059BD82EC12FC727398B22A362AE84D1D28E612E46705F2A900C5BE803E6054391D');
INSERT INTO item_words VALUES (2, 1, X'7801030000000001', X'780115C63B0A80400C05C0ABBCA3AAC15604C5C62E8258F8C14E84C5CB986C8EE1B3189890E4770BF2FE01E56D0059BD82EC12FC727398B22A362AE84D1D28E612E46705F2A900C5BE803E6054391D');
INSERT INTO item_words VALUES (5, 1, X'78017BDAB5F969D70A0520060025200671', X'78017BDAB5F969D70A05207ED1D5A400C44FF7AF5600E2273B27280031003CFE13B1');
INSERT INTO item_words VALUES (6, 1, X'7801030000000001', X'7801CBCDCC2B2D4955C84F5328C9485548CD4B2D4AAF54C84D4D2DC9CC4B070098BF0A9C');
CREATE TABLE event (
	id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	chat VARCHAR NOT NULL, 
	thread VARCHAR NOT NULL, 
	message VARCHAR, 
	body VARCHAR NOT NULL, 
	kept_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	is_done BOOLEAN NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (id), 
	CONSTRAINT uq_event_platform_key UNIQUE (platform, "key")
);
CREATE TABLE phrase (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	community_id INTEGER NOT NULL, 
	words VARCHAR NOT NULL, 
	kept_at DATETIME NOT NULL, 
	CONSTRAINT fk_phrase_community FOREIGN KEY(community_id) REFERENCES community (id), 
	CONSTRAINT uq_phrase_community_id_words UNIQUE (community_id, words)
);
CREATE TABLE chat (
	platform VARCHAR NOT NULL, 
	chat VARCHAR NOT NULL, 
	community_id INTEGER NOT NULL, 
	is_private BOOLEAN NOT NULL, 
	is_set_up BOOLEAN NOT NULL, 
	paused_at DATETIME, 
	CONSTRAINT pk_chat PRIMARY KEY (platform, chat), 
	CONSTRAINT fk_chat_community FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
);
CREATE TABLE link_code (
	code_hash VARCHAR NOT NULL, 
	community_id INTEGER NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_link_code PRIMARY KEY (code_hash), 
	CONSTRAINT fk_link_code_community FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
);
CREATE TABLE membership (
	community_id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	member VARCHAR NOT NULL, 
	name VARCHAR, 
	role VARCHAR, 
	seen_at DATETIME, 
	CONSTRAINT pk_membership PRIMARY KEY (community_id, platform, member), 
	CONSTRAINT fk_membership_community FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
);
CREATE TABLE card (
	item_id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	chat VARCHAR NOT NULL, 
	thread VARCHAR NOT NULL, 
	message VARCHAR NOT NULL, 
	community_id INTEGER NOT NULL, 
	sent_at DATETIME NOT NULL, 
	staleness INTEGER NOT NULL, 
	CONSTRAINT pk_card PRIMARY KEY (item_id, platform, chat, thread, message), 
	CONSTRAINT fk_card_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE owed_card (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	community_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	chat VARCHAR NOT NULL, 
	thread VARCHAR NOT NULL, 
	member_platform VARCHAR NOT NULL, 
	member VARCHAR NOT NULL, 
	answers_chat VARCHAR, 
	answers_thread VARCHAR, 
	answers_id VARCHAR, 
	since DATETIME NOT NULL, 
	CONSTRAINT fk_owed_card_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE, 
	CONSTRAINT uq_owed_card_place UNIQUE (item_id, platform, chat, thread)
);
CREATE TABLE owed_opinion (
	item_id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	since DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	CONSTRAINT pk_owed_opinion PRIMARY KEY (item_id), 
	CONSTRAINT fk_owed_opinion_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
);
CREATE TABLE spending (
	day DATE NOT NULL, 
	tokens INTEGER NOT NULL, 
	CONSTRAINT pk_spending PRIMARY KEY (day)
);
CREATE TABLE part (
	platform VARCHAR NOT NULL, 
	chat VARCHAR NOT NULL, 
	thread VARCHAR NOT NULL, 
	message VARCHAR NOT NULL, 
	community_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	CONSTRAINT pk_part PRIMARY KEY (platform, chat, thread, message), 
	CONSTRAINT fk_part_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
);
CREATE TABLE vote (
	item_id INTEGER NOT NULL, 
	path VARCHAR NOT NULL, 
	member_platform VARCHAR NOT NULL, 
	member VARCHAR NOT NULL, 
	community_id INTEGER NOT NULL, 
	is_for BOOLEAN NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_vote PRIMARY KEY (item_id, path, member_platform, member), 
	CONSTRAINT fk_vote_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE ruling (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	community_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	path VARCHAR NOT NULL, 
	is_for BOOLEAN NOT NULL, 
	member_platform VARCHAR NOT NULL, 
	member VARCHAR NOT NULL, 
	reason VARCHAR, 
	at DATETIME NOT NULL, 
	withdrawn_at DATETIME, 
	CONSTRAINT fk_ruling_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
);
CREATE TABLE decision (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	community_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	path VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	cause VARCHAR NOT NULL, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	voices_for INTEGER NOT NULL, 
	voices_against INTEGER NOT NULL, 
	codebook VARCHAR NOT NULL, 
	member_platform VARCHAR, 
	member VARCHAR, 
	is_public BOOLEAN NOT NULL, 
	reason VARCHAR, 
	reason_folded VARCHAR, 
	CONSTRAINT fk_decision_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
);
CREATE TABLE codebook_version (
	id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	parent INTEGER, 
	at DATETIME NOT NULL, 
	cause VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	changes JSON NOT NULL, 
	source_hash VARCHAR NOT NULL, 
	note VARCHAR, 
	member_platform VARCHAR, 
	member VARCHAR, 
	CONSTRAINT pk_codebook_version PRIMARY KEY (id), 
	CONSTRAINT fk_codebook_version_community FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE, 
	CONSTRAINT uq_codebook_version_community_id_number UNIQUE (community_id, number)
);
CREATE TABLE codebook_proposal (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	community_id INTEGER NOT NULL, 
	base INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	text VARCHAR NOT NULL, 
	changes JSON NOT NULL, 
	cause VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	note VARCHAR, 
	member_platform VARCHAR, 
	member VARCHAR, 
	CONSTRAINT fk_codebook_proposal_community FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
);
CREATE TABLE relabelling (
	id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	cause VARCHAR NOT NULL, 
	version VARCHAR NOT NULL, 
	begun_at DATETIME NOT NULL, 
	item_ids JSON, 
	cursor INTEGER NOT NULL, 
	total INTEGER NOT NULL, 
	done INTEGER NOT NULL, 
	changed INTEGER NOT NULL, 
	finished_at DATETIME, 
	CONSTRAINT pk_relabelling PRIMARY KEY (id), 
	CONSTRAINT fk_relabelling_community FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
);
CREATE TABLE daily (
	community_id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	member VARCHAR NOT NULL, 
	is_on BOOLEAN NOT NULL, 
	at INTEGER NOT NULL, 
	given_on DATE, 
	CONSTRAINT pk_daily PRIMARY KEY (community_id, platform, member), 
	CONSTRAINT fk_daily_community FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
);
CREATE TABLE question (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	community_id INTEGER NOT NULL, 
	member_platform VARCHAR NOT NULL, 
	member VARCHAR NOT NULL, 
	item_id INTEGER, 
	text VARCHAR, 
	path VARCHAR NOT NULL, 
	purpose VARCHAR NOT NULL, 
	occasion VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	put_at DATETIME NOT NULL, 
	answer VARCHAR, 
	reason VARCHAR, 
	answered_at DATETIME, 
	shown_at DATETIME, 
	rests_until DATETIME, 
	message_platform VARCHAR, 
	message_chat VARCHAR, 
	message_thread VARCHAR, 
	message VARCHAR, 
	CONSTRAINT fk_question_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE, 
	CONSTRAINT fk_question_community FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE, 
	CONSTRAINT uq_question_once UNIQUE (community_id, member_platform, member, purpose, occasion, item_id, path)
);
CREATE TABLE round (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	community_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	dimension VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	course INTEGER NOT NULL, 
	seed INTEGER NOT NULL, 
	target FLOAT NOT NULL, 
	started_at DATETIME NOT NULL, 
	started_platform VARCHAR, 
	started_by VARCHAR, 
	closed_at DATETIME, 
	closed_platform VARCHAR, 
	closed_by VARCHAR, 
	platform VARCHAR, 
	chat VARCHAR, 
	thread VARCHAR, 
	message VARCHAR, 
	told_at DATETIME, 
	CONSTRAINT fk_round_community FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE, 
	CONSTRAINT uq_round_community_id_id UNIQUE (community_id, id), 
	CONSTRAINT uq_round_community_id_number UNIQUE (community_id, number)
);
CREATE TABLE round_pair (
	round_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	path VARCHAR NOT NULL, 
	community_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_round_pair PRIMARY KEY (round_id, item_id, path), 
	CONSTRAINT fk_round_pair_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE, 
	CONSTRAINT fk_round_pair_round FOREIGN KEY(community_id, round_id) REFERENCES round (community_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE round_member (
	round_id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	member VARCHAR NOT NULL, 
	community_id INTEGER NOT NULL, 
	joined_at DATETIME NOT NULL, 
	reminded_at DATETIME, 
	reminders INTEGER NOT NULL, 
	CONSTRAINT pk_round_member PRIMARY KEY (round_id, platform, member), 
	CONSTRAINT fk_round_member_round FOREIGN KEY(community_id, round_id) REFERENCES round (community_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE practice (
	community_id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	member VARCHAR NOT NULL, 
	exercises JSON NOT NULL, 
	started_at DATETIME NOT NULL, 
	done_at DATETIME, 
	CONSTRAINT pk_practice PRIMARY KEY (community_id, platform, member), 
	CONSTRAINT fk_practice_community FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
);
CREATE TABLE discussion (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	community_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	path VARCHAR NOT NULL, 
	"trigger" VARCHAR NOT NULL, 
	stage VARCHAR NOT NULL, 
	queued_at DATETIME NOT NULL, 
	platform VARCHAR, 
	chat VARCHAR, 
	thread VARCHAR, 
	message VARCHAR, 
	is_thread BOOLEAN NOT NULL, 
	outcome VARCHAR, 
	sentence VARCHAR, 
	version INTEGER, 
	opened_at DATETIME, 
	closed_at DATETIME, 
	staleness INTEGER NOT NULL, 
	CONSTRAINT fk_discussion_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE, 
	CONSTRAINT uq_discussion_community_id_id UNIQUE (community_id, id)
);
CREATE TABLE suggested_sentence (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	community_id INTEGER NOT NULL, 
	discussion_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	member_platform VARCHAR NOT NULL, 
	member VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT fk_suggested_sentence_discussion FOREIGN KEY(community_id, discussion_id) REFERENCES discussion (community_id, id) ON DELETE CASCADE
);
CREATE TABLE delivery (
	id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	platform VARCHAR NOT NULL, 
	chat VARCHAR NOT NULL, 
	thread VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	sent INTEGER NOT NULL, 
	since DATETIME NOT NULL, 
	done_at DATETIME, 
	CONSTRAINT pk_delivery PRIMARY KEY (id), 
	CONSTRAINT fk_delivery_community FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE, 
	CONSTRAINT uq_delivery_community_id_key_platform_chat_thread UNIQUE (community_id, "key", platform, chat, thread)
);
CREATE TABLE digest_subscription (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	community_id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	chat VARCHAR NOT NULL, 
	thread VARCHAR NOT NULL, 
	"query" VARCHAR NOT NULL, 
	weekday INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	done_until DATETIME NOT NULL, 
	member_platform VARCHAR, 
	member VARCHAR, 
	CONSTRAINT fk_digest_subscription_community FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE, 
	CONSTRAINT uq_digest_subscription_community_id_platform_chat_thread_query UNIQUE (community_id, platform, chat, thread, "query")
);
CREATE TABLE digest_pick (
	item_id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_digest_pick PRIMARY KEY (item_id), 
	CONSTRAINT fk_digest_pick_item FOREIGN KEY(community_id, item_id) REFERENCES item (community_id, id) ON DELETE CASCADE
);
CREATE VIRTUAL TABLE item_words_1 USING fts5(title, body, content='', tokenize='ascii');
DELETE FROM item_words_1_data;
INSERT INTO item_words_1_data VALUES (1, X'040426');
INSERT INTO item_words_1_data VALUES (10, X'000000000104040004010101020101030101040101');
INSERT INTO item_words_1_data VALUES (137438953473, X'000000B10730E4BD93E8A681010601010B0106E585ACE5B883010601010602059BA2E4BD93010601010A0205A283E59BA201060101090202B88301060101070106E694BFE7AD9601060101040205A380E8AEA8010601010E0205B182E6A380010601010D0202BA900102030403E694BF01060101030106E78EAFE5A28301060101080205AD96E585AC01060101050106E883BDE6BA900108020101020205A681E6B182010601010C0202AEA8010601010F040D0D0C0C090D0C0C070A0D0C0E0C');
INSERT INTO item_words_1_data VALUES (274877906945, X'000000AB0730E4BD93E8A681020601010B0106E585ACE5B883020601010602059BA2E4BD93020601010A0205A283E59BA202060101090202B88302060101070106E694BFE7AD9602060101040205A380E8AEA8020601010E0205B182E6A380020601010D0205BA90E694BF02060101030106E78EAFE5A28302060101080205AD96E585AC02060101050106E883BDE6BA9002060101020205A681E6B182020601010C0202AEA8020601010F040D0D0C0C090D0C0C0C0D0C0D0C');
INSERT INTO item_words_1_data VALUES (412316860417, X'000000450430E4B99005060101060103E58AA80502030403E88A8205060101030304B3E58AA80508020101020205BFABE4B99005060101050106E88A82E5BFAB0506010104040A080A0C0C');
INSERT INTO item_words_1_data VALUES (549755813889, X'0000003E0730656E65726779060601010501076D656574696E6706060101060205696E757465060601010201026F66060601010301037468650606010104040D0E0C09');
DELETE FROM item_words_1_idx;
INSERT INTO item_words_1_idx VALUES (1, X'', 2);
INSERT INTO item_words_1_idx VALUES (2, X'', 2);
INSERT INTO item_words_1_idx VALUES (3, X'', 2);
INSERT INTO item_words_1_idx VALUES (4, X'', 2);
DELETE FROM item_words_1_docsize;
INSERT INTO item_words_1_docsize VALUES (1, X'020E');
INSERT INTO item_words_1_docsize VALUES (2, X'000E');
INSERT INTO item_words_1_docsize VALUES (5, X'0205');
INSERT INTO item_words_1_docsize VALUES (6, X'0005');
DELETE FROM item_words_1_config;
INSERT INTO item_words_1_config VALUES ('version', 4);
UPDATE sqlite_sequence SET seq = 0 WHERE name = 'decision';
UPDATE sqlite_sequence SET seq = 7 WHERE name = 'item';
CREATE INDEX ix_item_community_id_state ON item (community_id, state);
CREATE INDEX ix_item_community_id_story_id ON item (community_id, story_id);
CREATE INDEX ix_address_community_id_item_id ON address (community_id, item_id);
CREATE INDEX ix_document_community_id_published_on ON document (community_id, published_on);
CREATE INDEX ix_fingerprint_band_community_id_item_id ON fingerprint_band (community_id, item_id);
CREATE INDEX ix_item_label_community_id_path_item_id ON item_label (community_id, path, item_id);
CREATE INDEX ix_labelling_community_id_item_id ON labelling (community_id, item_id);
CREATE INDEX ix_moved_community_id_item_id ON moved (community_id, item_id);
CREATE INDEX ix_share_community_id_item_id ON share (community_id, item_id);
CREATE INDEX ix_share_community_id_member_platform_member ON share (community_id, member_platform, member);
CREATE INDEX ix_event_is_done ON event (is_done);
CREATE INDEX ix_event_platform_chat_thread ON event (platform, chat, thread);
CREATE INDEX ix_chat_community_id ON chat (community_id);
CREATE INDEX ix_membership_platform_member ON membership (platform, member);
CREATE INDEX ix_card_community_id_item_id ON card (community_id, item_id);
CREATE INDEX ix_card_platform_chat_message ON card (platform, chat, message);
CREATE INDEX ix_card_staleness ON card (staleness);
CREATE INDEX ix_owed_card_community_id_item_id ON owed_card (community_id, item_id);
CREATE INDEX ix_owed_opinion_community_id_item_id ON owed_opinion (community_id, item_id);
CREATE INDEX ix_part_community_id_item_id ON part (community_id, item_id);
CREATE INDEX ix_vote_community_id_item_id ON vote (community_id, item_id);
CREATE INDEX ix_vote_member_platform_member ON vote (member_platform, member);
CREATE INDEX ix_share_message_platform_message_chat_message_id ON share (message_platform, message_chat, message_id);
CREATE INDEX ix_share_member_platform_member ON share (member_platform, member);
CREATE INDEX ix_ruling_community_id_item_id ON ruling (community_id, item_id);
CREATE INDEX ix_ruling_member_platform_member ON ruling (member_platform, member);
CREATE INDEX ix_decision_community_id_item_id ON decision (community_id, item_id);
CREATE INDEX ix_decision_community_id_path ON decision (community_id, path);
CREATE INDEX ix_decision_member_platform_member ON decision (member_platform, member);
CREATE INDEX ix_codebook_version_member_platform_member ON codebook_version (member_platform, member);
CREATE INDEX ix_codebook_proposal_community_id_state ON codebook_proposal (community_id, state);
CREATE INDEX ix_codebook_proposal_member_platform_member ON codebook_proposal (member_platform, member);
CREATE INDEX ix_relabelling_community_id_finished_at ON relabelling (community_id, finished_at);
CREATE INDEX ix_daily_platform_member ON daily (platform, member);
CREATE INDEX ix_question_community_id_item_id ON question (community_id, item_id);
CREATE INDEX ix_question_community_id_purpose_occasion ON question (community_id, purpose, occasion);
CREATE INDEX ix_question_member_platform_member_state ON question (member_platform, member, state);
CREATE INDEX ix_round_pair_community_id_item_id ON round_pair (community_id, item_id);
CREATE INDEX ix_round_pair_community_id_round_id ON round_pair (community_id, round_id);
CREATE INDEX ix_round_member_community_id_round_id ON round_member (community_id, round_id);
CREATE INDEX ix_round_member_platform_member ON round_member (platform, member);
CREATE INDEX ix_practice_platform_member ON practice (platform, member);
CREATE INDEX ix_discussion_community_id_item_id ON discussion (community_id, item_id);
CREATE INDEX ix_discussion_platform_chat_message ON discussion (platform, chat, message);
CREATE INDEX ix_discussion_stage ON discussion (stage);
CREATE INDEX ix_discussion_staleness ON discussion (staleness);
CREATE UNIQUE INDEX uq_discussion_live ON discussion (item_id, path) WHERE stage != 'closed';
CREATE INDEX ix_suggested_sentence_community_id_discussion_id ON suggested_sentence (community_id, discussion_id);
CREATE INDEX ix_suggested_sentence_member_platform_member ON suggested_sentence (member_platform, member);
CREATE INDEX ix_delivery_platform_chat ON delivery (platform, chat);
CREATE INDEX ix_delivery_done_at ON delivery (done_at);
CREATE INDEX ix_delivery_since ON delivery (since);
CREATE INDEX ix_digest_subscription_platform_chat ON digest_subscription (platform, chat);
CREATE INDEX ix_digest_subscription_member_platform_member ON digest_subscription (member_platform, member);
CREATE INDEX ix_digest_pick_community_id_at ON digest_pick (community_id, at);
